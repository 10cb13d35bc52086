package dev.langchain4j.rerank.local;

import com.fasterxml.jackson.databind.JsonNode;
import dev.langchain4j.rerank.InvalidOptionException;
import dev.langchain4j.rerank.local.internal.hub.ModelFiles;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The {@code config.json} of a model, as transformers and sentence-transformers write it; may be absent. */
final class ModelConfig {

    private static final int DEFAULT_MAX_LENGTH = 512;

    private static final Set<String> RELEVANT = Set.of("relevant", "positive", "true", "yes", "entailment");

    private static final Set<String> LIKE_ROBERTA = Set.of("camembert", "data2vec-text", "longformer", "mpnet");

    private final JsonNode root;
    private final String file;

    private ModelConfig(JsonNode root, String file) {
        this.root = root;
        this.file = file;
    }

    static ModelConfig load(ModelFiles files) {
        return new ModelConfig(files.json(ModelFiles.CONFIG), files.locate(ModelFiles.CONFIG));
    }

    /**
     * Returns {@link Activation#SIGMOID} or {@link Activation#NONE}, as documented in {@link Activation#MODEL_DEFAULT}.
     */
    Activation defaultActivation() {
        if (root.isMissingNode()) {
            return Activation.NONE;
        }
        String name = activationName();
        if (name.isEmpty()) {
            return labels() == 1 ? Activation.SIGMOID : Activation.NONE;
        }
        return switch (name.substring(name.lastIndexOf('.') + 1)) {
            case "Sigmoid" -> Activation.SIGMOID;
            case "Identity" -> Activation.NONE;
            default ->
                throw new InvalidOptionException(
                        "activation",
                        "%s has the activation %s, which is neither Sigmoid nor Identity: set activation(SIGMOID) or activation(NONE)"
                                .formatted(file, name));
        };
    }

    /**
     * Returns the class that means relevant, of two classes: the one that {@code id2label} names so (relevant,
     * positive, true, yes or entailment), otherwise class 1, because transformers numbers yes after no.
     */
    int relevantClass() {
        return RELEVANT.contains(root.path("id2label").path("0").asText("").toLowerCase(Locale.ROOT)) ? 0 : 1;
    }

    /** Returns the number of positions of the model; null if it has no such limit or does not declare it. */
    @Nullable
    Integer maxPositions() {
        JsonNode positions = root.path("max_position_embeddings");
        if (!positions.isInt() || !root.path("position_biased_input").asBoolean(true)) {
            return null; // DeBERTa-v2 and later use relative positions
        }
        return positions.asInt()
                - (positionsFollowPadding() ? root.path("pad_token_id").asInt(1) + 1 : 0);
    }

    /** Returns whether the first position is the one after the number of the padding token, as in RoBERTa. */
    private boolean positionsFollowPadding() {
        String type = root.path("model_type").asText("");
        return type.contains("roberta") || LIKE_ROBERTA.contains(type);
    }

    /** Returns the size of the vectors of the encoder; 0 if it is not declared. */
    int hiddenSize() {
        return root.path("hidden_size").asInt(root.path("dim").asInt(0));
    }

    /**
     * Returns the maximum number of tokens of a text.
     *
     * @param wanted null for the default: 512, or the number of positions if that is less
     * @throws InvalidOptionException if more are wanted than there are positions
     */
    int maxLength(@Nullable Integer wanted) {
        int limit = Objects.requireNonNullElse(maxPositions(), Integer.MAX_VALUE);
        if (wanted != null && wanted > limit) {
            throw new InvalidOptionException(
                    "maxLength",
                    "maxLength must be at most %d, the positions of this model, got %d".formatted(limit, wanted));
        }
        return wanted == null ? Math.min(DEFAULT_MAX_LENGTH, limit) : wanted;
    }

    private String activationName() {
        String current =
                root.path("sentence_transformers").path("activation_fn").asText("");
        return current.isEmpty()
                ? root.path("sbert_ce_default_activation_function").asText("")
                : current;
    }

    /**
     * Returns the number of labels: transformers writes {@code id2label} and leaves {@code num_labels} out; two labels
     * are its default.
     */
    private int labels() {
        JsonNode names = root.path("id2label");
        return names.isObject() ? names.size() : root.path("num_labels").asInt(2);
    }
}
