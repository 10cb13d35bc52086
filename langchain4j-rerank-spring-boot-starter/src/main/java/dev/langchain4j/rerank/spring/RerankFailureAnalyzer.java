package dev.langchain4j.rerank.spring;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Shows settings that make no sense as two sentences instead of a stack trace. */
final class RerankFailureAnalyzer extends AbstractFailureAnalyzer<RerankConfigurationException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, RerankConfigurationException cause) {
        return new FailureAnalysis(cause.getMessage(), cause.action(), cause);
    }
}
