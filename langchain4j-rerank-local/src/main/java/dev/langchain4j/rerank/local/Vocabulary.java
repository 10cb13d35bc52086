package dev.langchain4j.rerank.local;

import com.fasterxml.jackson.databind.JsonNode;
import dev.langchain4j.rerank.local.internal.hub.ModelFiles;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The tokens of a model by name, from the files of its tokenizer. */
final class Vocabulary {

    static final String TOKENIZER_CONFIG = "tokenizer_config.json";
    static final String SPECIAL_TOKENS = "special_tokens_map.json";

    private final Map<String, Integer> ids;
    private final JsonNode config;
    private final JsonNode specials;

    private Vocabulary(Map<String, Integer> ids, JsonNode config, JsonNode specials) {
        this.ids = ids;
        this.config = config;
        this.specials = specials;
    }

    static Vocabulary load(ModelFiles files) {
        JsonNode tokenizer = files.json(ModelFiles.TOKENIZER);
        Map<String, Integer> ids = new HashMap<>();
        JsonNode vocabulary = tokenizer.path("model").path("vocab");
        if (vocabulary.isArray()) { // Unigram: [token, score], in order
            for (int id = 0; id < vocabulary.size(); id++) {
                ids.put(vocabulary.path(id).path(0).asText(), id);
            }
        } else {
            vocabulary
                    .properties()
                    .forEach(token -> ids.put(token.getKey(), token.getValue().asInt()));
        }
        for (JsonNode token : tokenizer.path("added_tokens")) {
            ids.put(token.path("content").asText(), token.path("id").asInt());
        }
        return new Vocabulary(ids, files.json(TOKENIZER_CONFIG), files.json(SPECIAL_TOKENS));
    }

    /** Returns the id of a token as it is written in the vocabulary; null if there is none. */
    @Nullable
    Integer id(String token) {
        return ids.get(token);
    }

    /**
     * Returns the id of the token with this name in transformers, such as {@code mask_token}; null if the model has
     * none.
     */
    @Nullable
    Integer special(String role) {
        JsonNode token = config.hasNonNull(role) ? config.path(role) : specials.path(role);
        return id(token.isObject() ? token.path("content").asText() : token.asText());
    }
}
