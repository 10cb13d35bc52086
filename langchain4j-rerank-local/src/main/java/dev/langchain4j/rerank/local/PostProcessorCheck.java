package dev.langchain4j.rerank.local;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;

/**
 * A check of the templates in a {@code tokenizer.json} before the native library reads them. The library accepts a
 * template with a token or a text that is missing, and terminates the whole process when it applies the template.
 */
final class PostProcessorCheck {

    private static final ObjectMapper JSON = new ObjectMapper();

    private PostProcessorCheck() {}

    /**
     * Refuses a damaged template.
     *
     * @throws IOException if the file is not JSON, or a template names a token or text that the file does not define
     */
    static void check(byte[] tokenizer) throws IOException {
        try (JsonParser file = JSON.createParser(tokenizer)) {
            file.nextToken();
            while (file.nextToken() == JsonToken.FIELD_NAME) {
                boolean templates = file.currentName().equals("post_processor");
                file.nextToken();
                if (templates) {
                    checkProcessor(JSON.readTree(file));
                } else {
                    file.skipChildren(); // the vocabulary, most of the file
                }
            }
        }
    }

    private static void checkProcessor(JsonNode processor) throws IOException {
        for (JsonNode inner : processor.path("processors")) {
            checkProcessor(inner);
        }
        checkTemplate(processor, "single", "A");
        checkTemplate(processor, "pair", "AB");
    }

    private static void checkTemplate(JsonNode processor, String name, String texts) throws IOException {
        JsonNode defined = processor.path("special_tokens");
        for (JsonNode piece : processor.path(name)) {
            String token = piece.path("SpecialToken").path("id").asText("");
            String text = piece.path("Sequence").path("id").asText("");
            if (!token.isEmpty() && !defined.has(token)) {
                throw new IOException(
                        "its template for a %s has the token %s, which it does not define".formatted(name, token));
            }
            if (!texts.contains(text)) {
                throw new IOException(
                        "its template for a %s has the text %s, expected one of %s".formatted(name, text, texts));
            }
        }
    }
}
