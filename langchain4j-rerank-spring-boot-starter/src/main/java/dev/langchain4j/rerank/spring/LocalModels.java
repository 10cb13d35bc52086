package dev.langchain4j.rerank.spring;

import dev.langchain4j.exception.LangChain4jException;
import dev.langchain4j.exception.ModelNotFoundException;
import dev.langchain4j.rerank.InvalidOptionException;
import dev.langchain4j.rerank.ScaledScoringModel;
import dev.langchain4j.rerank.local.Activation;
import dev.langchain4j.rerank.local.ColbertScoringModel;
import dev.langchain4j.rerank.local.CrossEncoderScoringModel;
import dev.langchain4j.rerank.local.Engine;
import dev.langchain4j.rerank.local.GenerativeScoringModel;
import dev.langchain4j.rerank.local.LocalModelBuilder;
import dev.langchain4j.rerank.local.LocalScoringModel;
import dev.langchain4j.rerank.local.OnnxVariant;
import dev.langchain4j.rerank.local.msmarcominilml12v2q.MsMarcoMiniLmL12V2QuantizedScoringModel;
import dev.langchain4j.rerank.spring.RerankProperties.Kind;
import dev.langchain4j.rerank.spring.RerankProperties.Local;
import dev.langchain4j.rerank.spring.RerankProperties.Preset;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Creates the local model from its properties. Loaded only after {@link LocalClasses#require}. */
final class LocalModels {

    private LocalModels() {}

    static LocalScoringModel load(Local local) {
        try {
            return builder(local).build();
        } catch (IllegalArgumentException | IllegalStateException | LangChain4jException | UncheckedIOException e) {
            throw explained(local, e);
        }
    }

    private static RerankConfigurationException explained(Local local, RuntimeException problem) {
        RerankConfigurationException described = RerankConfigurationException.of(Local.PREFIX, Local.class, problem);
        if (problem.getCause() instanceof ClassNotFoundException) {
            return described.withAction(
                    "Add the dependency, or remove the property to run the model with ONNX Runtime");
        }
        if (problem instanceof InvalidOptionException invalid
                && invalid.option().equals("modelPath")) {
            return described.withAction(
                    "Set it to a directory that contains tokenizer.json and model.onnx or model.pt");
        }
        if (problem instanceof ModelNotFoundException && local.offline()) {
            return described.withAction(
                    "Set %1$s.cache-directory to a cache that contains the model, or %1$s.offline=false to download it"
                            .formatted(Local.PREFIX));
        }
        return described;
    }

    private static LocalModelBuilder<?, ?> builder(Local local) {
        refuseOptionsOfOtherKinds(local);
        LocalModelBuilder<?, ?> builder = switch (local.kind()) {
            case CROSS_ENCODER -> crossEncoder(local);
            case COLBERT -> colbert(local);
            case QWEN3 -> generative(GenerativeScoringModel.qwen3(), local);
            case BGE_GEMMA -> generative(GenerativeScoringModel.bgeGemma(), local);
        };
        builder.device(local.device()).maxWaitingCalls(local.maxWaitingCalls()).warmUp(local.warmUp());
        if (local.offline()) {
            builder.offline(true);
        }
        Given.value(local.modelPath(), builder::modelPath);
        Given.value(local.modelName(), builder::modelName);
        Given.value(local.revision(), builder::revision);
        Given.value(local.onnxVariant(), variant -> builder.onnxVariant(OnnxVariant.valueOf(variant.name())));
        Given.value(local.cacheDirectory(), builder::cacheDirectory);
        Given.value(local.engine(), engine -> builder.engine(Engine.valueOf(engine.name())));
        Given.value(local.workers(), builder::workers);
        return builder;
    }

    private static CrossEncoderScoringModel.Builder crossEncoder(Local local) {
        CrossEncoderScoringModel.Builder builder =
                local.preset() == Preset.BGE ? CrossEncoderScoringModel.bge() : CrossEncoderScoringModel.builder();
        if (LocalClasses.jarModel(local)) {
            builder.modelResources(MsMarcoMiniLmL12V2QuantizedScoringModel.class);
        }
        Given.value(local.maxLength(), builder::maxLength);
        Given.value(local.queryMaxLength(), builder::queryMaxLength);
        Given.value(local.activation(), activation -> builder.activation(Activation.valueOf(activation.name())));
        Given.value(local.earlyExit(), builder::earlyExit);
        return builder;
    }

    private static ColbertScoringModel.Builder colbert(Local local) {
        ColbertScoringModel.Builder builder = ColbertScoringModel.builder();
        Given.value(local.queryLength(), builder::queryLength);
        Given.value(local.documentLength(), builder::documentLength);
        Given.value(local.documentCache(), builder::documentCache);
        return builder;
    }

    private static GenerativeScoringModel.Builder generative(GenerativeScoringModel.Builder builder, Local local) {
        Given.value(local.instruction(), builder::instruction);
        Given.value(local.maxLength(), builder::maxLength);
        Given.value(local.queryMaxLength(), builder::queryMaxLength);
        Given.value(local.activation(), activation -> builder.activation(Activation.valueOf(activation.name())));
        return builder;
    }

    private static void refuseOptionsOfOtherKinds(Local local) {
        allow(local, "preset", local.preset(), Kind.CROSS_ENCODER);
        allow(local, "max-length", local.maxLength(), Kind.CROSS_ENCODER, Kind.QWEN3, Kind.BGE_GEMMA);
        allow(local, "query-max-length", local.queryMaxLength(), Kind.CROSS_ENCODER, Kind.QWEN3, Kind.BGE_GEMMA);
        allow(local, "activation", local.activation(), Kind.CROSS_ENCODER, Kind.QWEN3, Kind.BGE_GEMMA);
        allow(local, "early-exit", local.earlyExit(), Kind.CROSS_ENCODER);
        allow(local, "instruction", local.instruction(), Kind.QWEN3, Kind.BGE_GEMMA);
        allow(local, "query-length", local.queryLength(), Kind.COLBERT);
        allow(local, "document-length", local.documentLength(), Kind.COLBERT);
        allow(local, "document-cache", local.documentCache(), Kind.COLBERT);
    }

    private static void allow(Local local, String option, @Nullable Object value, Kind... kinds) {
        if (value != null && !List.of(kinds).contains(local.kind())) {
            throw new RerankConfigurationException(
                    "%1$s.%2$s is not supported for %1$s.kind=%3$s".formatted(Local.PREFIX, option, id(local.kind())),
                    "Remove %1$s.%2$s, or set %1$s.kind to %3$s"
                            .formatted(
                                    Local.PREFIX,
                                    option,
                                    Stream.of(kinds).map(LocalModels::id).collect(Collectors.joining(" or "))),
                    null);
        }
    }

    private static String id(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Returns the details that health reports of local models only. */
    static Map<String, Object> describe(ScaledScoringModel model) {
        LocalScoringModel local = (LocalScoringModel) model;
        Map<String, Object> description = new LinkedHashMap<>();
        description.put("engine", id(local.engine()));
        description.put("workers", local.workers());
        description.put("waitingCalls", local.waitingCalls());
        return description;
    }
}
