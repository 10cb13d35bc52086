package dev.langchain4j.rerank.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.langchain4j.rerank.api.protocol.RerankProtocol;
import dev.langchain4j.rerank.api.protocol.RerankProtocol.Request;
import java.util.Map;

/** Turns a request into the bytes of a body: what the protocol writes, then the user's parameters over it. */
final class RequestWriter {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final RerankProtocol protocol;
    private final ObjectNode parameters;

    /**
     * A writer for one model.
     *
     * @param parameters the user's; a null value takes a field away that the protocol would send
     * @throws IllegalArgumentException if a value is not representable as JSON
     */
    RequestWriter(RerankProtocol protocol, Map<String, ?> parameters) {
        this.protocol = protocol;
        this.parameters = JSON.valueToTree(parameters);
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
