package dev.langchain4j.rerank.examples.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;

/** The JSON between the server and the page. */
final class Json {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final int MAX_BODY = 65_536;

    private Json() {}

    static String text(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(value.getClass() + " cannot be written as JSON", e);
        }
    }

    /**
     * Reads the body of a request.
     *
     * @throws IllegalArgumentException if it is not the expected JSON
     */
    static <T> T body(HttpExchange exchange, Class<T> type) throws IOException {
        try (InputStream body = exchange.getRequestBody()) {
            byte[] bytes = body.readNBytes(MAX_BODY + 1);
            if (bytes.length > MAX_BODY) {
                throw new IllegalArgumentException("the body has more than %d bytes".formatted(MAX_BODY));
            }
            return MAPPER.readValue(bytes, type);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("the body is not the expected JSON", e);
        }
    }

    static void answer(HttpExchange exchange, Object value) throws IOException {
        Responses.send(exchange, 200, "application/json", text(value));
    }

    static void refuse(HttpExchange exchange, int status, String message) throws IOException {
        Responses.send(exchange, status, "application/json", text(Map.of("message", message)));
    }
}
