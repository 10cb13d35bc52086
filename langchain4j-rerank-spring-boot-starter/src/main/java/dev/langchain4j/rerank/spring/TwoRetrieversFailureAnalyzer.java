package dev.langchain4j.rerank.spring;

import dev.langchain4j.service.IllegalConfigurationException;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Automatic wiring of {@code @AiService} fails on two content retrievers although the augmentor takes both, and what it
 * advises, naming one of them, would leave reranking out.
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
                ("The augmentor of langchain4j.rerank takes all content retrievers, but @AiService has to be told:%n%n"
                                + "    @AiService(wiringMode = EXPLICIT, chatModel = \"<bean>\","
                                + " retrievalAugmentor = \"%s\")%n%n"
                                + "Naming a contentRetriever instead leaves reranking out.")
                        .formatted(RerankAutoConfiguration.AUGMENTOR),
                cause);
    }
}
