package dev.langchain4j.rerank.local;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;

/** What a model's {@code config.json} says, as transformers and sentence-transformers write it; may be absent. */
final class ModelConfig {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final JsonNode root;
    private final String file;

    private ModelConfig(JsonNode root, String file) {
        this.root = root;
        this.file = file;
    }

    static ModelConfig load(ModelFiles files) {
        String file = files.locate(ModelFiles.CONFIG);
        if (!files.has(ModelFiles.CONFIG)) {
            return new ModelConfig(MissingNode.getInstance(), file);
        }
        try {
            return new ModelConfig(JSON.readTree(files.read(ModelFiles.CONFIG)), file);
        } catch (JsonProcessingException e) {
            throw new LocalModelException("%s is not JSON: %s".formatted(file, e.getOriginalMessage()), e);
        } catch (IOException e) {
            throw new LocalModelException("%s could not be read: %s".formatted(file, e.getMessage()), e);
        }
    }

    /** {@link Activation#SIGMOID} or {@link Activation#NONE}, as {@link Activation#MODEL_DEFAULT} documents. */
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
                throw new IllegalStateException(
                        "%s asks for the activation %s, which is neither Sigmoid nor Identity: set activation(SIGMOID) or activation(NONE)"
                                .formatted(file, name));
        };
    }

    private String activationName() {
        String current =
                root.path("sentence_transformers").path("activation_fn").asText("");
        return current.isEmpty()
                ? root.path("sbert_ce_default_activation_function").asText("")
                : current;
    }

    /** transformers writes {@code id2label} and leaves {@code num_labels} out; two labels are its default. */
    private int labels() {
        JsonNode names = root.path("id2label");
        return names.isObject() ? names.size() : root.path("num_labels").asInt(2);
    }
}
