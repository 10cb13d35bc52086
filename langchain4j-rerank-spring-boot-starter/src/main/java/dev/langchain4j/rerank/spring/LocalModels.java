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
            if (local.modelPath() != null && String.valueOf(e.getMessage()).startsWith("no ")) {
                throw new RerankConfigurationException(
                        "%s.model-path=%s: %s".formatted(Local.PREFIX, local.modelPath(), e.getMessage()),
                        "Set %s.model-path to a directory that holds tokenizer.json and model.onnx or model.pt"
                                .formatted(Local.PREFIX),
                        e);
            }
            throw RerankConfigurationException.of(Local.PREFIX, Local.class, e);
        } catch (LangChain4jException | UncheckedIOException e) {
            throw RerankConfigurationException.of(Local.PREFIX, Local.class, e);
        }
    }

    private static CrossEncoderScoringModel.Builder start(Local local) {
        if (LocalClasses.jarModel(local)) {
            return CrossEncoderScoringModel.builder()
                    .modelResources(MsMarcoMiniLmL12V2QuantizedScoringModel.class);
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
