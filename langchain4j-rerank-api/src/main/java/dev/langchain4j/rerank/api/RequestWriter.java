package dev.langchain4j.rerank.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.langchain4j.rerank.InvalidOptionException;
import dev.langchain4j.rerank.api.protocol.RerankProtocol;
import dev.langchain4j.rerank.api.protocol.RerankProtocol.Request;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes the body of a request: the fields of the protocol, then the parameters of the user over them. */
final class RequestWriter {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final RerankProtocol protocol;
    private final ObjectNode parameters;

    /**
     * Creates the writer of one model.
     *
     * @param parameters those of the user; a JSON null removes a field that the protocol would send
     */
    RequestWriter(RerankProtocol protocol, Map<String, JsonNode> parameters) {
        this.protocol = protocol;
        this.parameters = JSON.valueToTree(parameters);
    }

    /** Returns the value of a parameter as JSON. */
    static JsonNode json(String name, @Nullable Object value) {
        try {
            return JSON.valueToTree(value);
        } catch (IllegalArgumentException e) {
            throw new InvalidOptionException(
                    "parameter",
                    "parameter %s is %s, which cannot be written as JSON: pass text, numbers, lists or maps"
                            .formatted(
                                    name,
                                    value == null ? "null" : value.getClass().getName()),
                    e);
        }
    }

    byte[] write(Request request) {
        ObjectNode body = JSON.createObjectNode();
        protocol.writeRequest(body, request);
        merge(protocol.parameters(body), parameters);
        try {
            return JSON.writeValueAsBytes(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(protocol.name() + ": a request could not be written as JSON", e);
        }
    }

    private static void merge(ObjectNode target, ObjectNode changes) {
        for (Map.Entry<String, JsonNode> change : changes.properties()) {
            if (change.getValue().isNull()) {
                target.remove(change.getKey());
            } else if (change.getValue() instanceof ObjectNode inner
                    && target.get(change.getKey()) instanceof ObjectNode outer) {
                merge(outer, inner);
            } else {
                target.set(change.getKey(), change.getValue());
            }
        }
    }
}
