package dev.langchain4j.rerank.spring;

import dev.langchain4j.exception.LangChain4jException;
import dev.langchain4j.rerank.local.Activation;
import dev.langchain4j.rerank.local.CrossEncoderScoringModel;
import dev.langchain4j.rerank.local.Engine;
import dev.langchain4j.rerank.local.msmarcominilml12v2q.MsMarcoMiniLmL12V2QuantizedScoringModel;
import dev.langchain4j.rerank.spring.RerankProperties.Local;
import dev.langchain4j.rerank.spring.RerankProperties.Preset;
import java.io.UncheckedIOException;

/** The model in this process out of its properties. Loaded only after {@link LocalClasses#require}. */
final class LocalModels {

    private LocalModels() {}

    static CrossEncoderScoringModel load(Local local) {
        try {
            return configure(start(local), local).build();
        } catch (IllegalArgumentException | IllegalStateException e) {
            throw explained(local, e);
        } catch (LangChain4jException | UncheckedIOException e) {
            throw RerankConfigurationException.of(Local.PREFIX, Local.class, e);
        }
    }

    /** Names the property where the builder cannot: it was told a path, and says what is not there. */
    private static RerankConfigurationException explained(Local local, RuntimeException problem) {
        RerankConfigurationException translated = RerankConfigurationException.of(Local.PREFIX, Local.class, problem);
        if (problem.getCause() instanceof ClassNotFoundException) {
            return new RerankConfigurationException(
                    "%s.engine: %s".formatted(Local.PREFIX, problem.getMessage()),
                    "Add the dependency, or leave the property out for a model that ONNX Runtime reads",
                    problem);
        }
        boolean named = !String.valueOf(translated.getMessage()).startsWith(Local.PREFIX + ": ");
        if (named || local.modelPath() == null || problem instanceof IllegalStateException) {
            return translated;
        }
        return new RerankConfigurationException(
                "%s.model-path=%s: %s".formatted(Local.PREFIX, local.modelPath(), problem.getMessage()),
                "Set it to a directory that holds tokenizer.json and model.onnx or model.pt",
                problem);
    }

    private static CrossEncoderScoringModel.Builder start(Local local) {
        if (LocalClasses.jarModel(local)) {
            return CrossEncoderScoringModel.builder().modelResources(MsMarcoMiniLmL12V2QuantizedScoringModel.class);
        }
        return local.preset() == Preset.BGE ? CrossEncoderScoringModel.bge() : CrossEncoderScoringModel.builder();
    }

    private static CrossEncoderScoringModel.Builder configure(CrossEncoderScoringModel.Builder builder, Local local) {
        builder.device(local.device());
        if (local.offline()) {
            builder.offline(true);
        }
        Given.value(local.modelPath(), builder::modelPath);
        Given.value(local.modelName(), builder::modelName);
        Given.value(local.revision(), builder::revision);
        Given.value(local.cacheDirectory(), builder::cacheDirectory);
        Given.value(local.engine(), engine -> builder.engine(Engine.valueOf(engine.name())));
        Given.value(local.maxLength(), builder::maxLength);
        Given.value(local.queryMaxLength(), builder::queryMaxLength);
        Given.value(local.activation(), activation -> builder.activation(Activation.valueOf(activation.name())));
        Given.value(local.workers(), builder::workers);
        return builder;
    }
}
