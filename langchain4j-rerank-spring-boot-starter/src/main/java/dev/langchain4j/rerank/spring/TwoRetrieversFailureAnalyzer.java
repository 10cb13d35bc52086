package dev.langchain4j.rerank.spring;

import dev.langchain4j.service.IllegalConfigurationException;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Explains the failure of {@code @AiService} with two content retrievers. Automatic wiring fails although the augmentor
 * accepts both, and LangChain4j's advice to name one of them would bypass reranking.
 */
final class TwoRetrieversFailureAnalyzer extends AbstractFailureAnalyzer<IllegalConfigurationException> {

    private final BeanFactory beans;

    TwoRetrieversFailureAnalyzer(BeanFactory beans) {
        this.beans = beans;
    }

    @Override
    protected @Nullable FailureAnalysis analyze(Throwable rootFailure, IllegalConfigurationException cause) {
        String message = String.valueOf(cause.getMessage());
        if (!message.contains("ContentRetriever are found") || !beans.containsBean(RerankAutoConfiguration.AUGMENTOR)) {
            return null;
        }
        return new FailureAnalysis(
                message.replaceFirst("\\. Please.*", "."),
                ("The augmentor of langchain4j.rerank uses all content retrievers, but @AiService must name it:%n%n"
                                + "    @AiService(wiringMode = EXPLICIT, chatModel = \"<bean>\","
                                + " retrievalAugmentor = \"%s\")%n%n"
                                + "Naming a contentRetriever instead bypasses reranking.")
                        .formatted(RerankAutoConfiguration.AUGMENTOR),
                cause);
    }
}
