package dev.langchain4j.rerank.spring;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Reports an invalid configuration as a description and an action instead of a stack trace. */
final class RerankFailureAnalyzer extends AbstractFailureAnalyzer<RerankConfigurationException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, RerankConfigurationException cause) {
        return new FailureAnalysis(cause.getMessage(), cause.action(), cause);
    }
}
