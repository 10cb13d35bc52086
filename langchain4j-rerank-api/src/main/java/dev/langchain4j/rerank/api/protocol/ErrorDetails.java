package dev.langchain4j.rerank.api.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The known fields of an error body, and only those, because some servers repeat the documents in other fields.
 *
 * @param message the description, on one line, at most 300 characters; null if the body has none
 * @param code the service's name for the error; null if it has none
 * @param requestId the id that the service's support needs; null if the body has none
 */
public record ErrorDetails(
        @Nullable String message,
        @Nullable String code,
        @Nullable String requestId) {

    private static final int LONGEST = 300;
    private static final int SMALLEST_OWN_CODE = 1000;

    /** Cuts every field to 300 characters on one line; a blank field becomes null. */
    public ErrorDetails {
        message = cut(message);
        code = cut(code);
        requestId = cut(requestId);
    }

    /** An error without details. */
    public static ErrorDetails none() {
        return new ErrorDetails(null, null, null);
    }

    /**
     * Reads the common shapes: {@code {message}}, {@code {detail}} as text, list or object, {@code {error}} as text or
     * object, {@code {errors: […]}}, a bare text, each with its code and request id if it has them.
     */
    public static ErrorDetails of(JsonNode body) {
        if (body.isTextual()) {
            return new ErrorDetails(body.textValue(), null, null);
        }
        JsonNode fault = fault(body);
        String code = firstText(fault, "code", "status", "error_type", "type");
        return new ErrorDetails(
                message(body, fault),
                code == null ? ownNumber(fault.path("code")) : code,
                firstText(body, "request_id", "id", "trace"));
    }

    /** Returns the object that describes the error. */
    private static JsonNode fault(JsonNode body) {
        if (body.path("error").isObject()) {
            return body.path("error");
        }
        return body.path("errors").path(0).has("code") ? body.path("errors").path(0) : body;
    }

    private static @Nullable String message(JsonNode body, JsonNode fault) {
        String message = firstText(fault, "message", "reason", "error", "detail", "title");
        if (message != null) {
            return message;
        }
        JsonNode detail = body.path("detail");
        return detail.isArray() ? complaints(detail) : firstText(detail, "error", "message");
    }

    /** Returns FastAPI's list of errors, without the input that it repeats. */
    private static @Nullable String complaints(JsonNode list) {
        List<String> complaints = new ArrayList<>();
        for (JsonNode complaint : list) {
            String field =
                    complaint.path("loc").valueStream().map(JsonNode::asText).collect(Collectors.joining("."));
            complaints.add(field + ": " + complaint.path("msg").asText());
        }
        return complaints.isEmpty() ? null : String.join("; ", complaints);
    }

    private static @Nullable String firstText(JsonNode node, String... fields) {
        for (String field : fields) {
            if (node.path(field).isTextual()) {
                return node.path(field).textValue();
            }
        }
        return null;
    }

    /** Returns the code, unless it only repeats the HTTP status. */
    private static @Nullable String ownNumber(JsonNode code) {
        return code.isIntegralNumber() && code.asLong() >= SMALLEST_OWN_CODE ? code.asText() : null;
    }

    private static @Nullable String cut(@Nullable String text) {
        if (text == null || text.isBlank()) {
            return null;
        }
        String line = text.substring(0, Math.min(text.length(), LONGEST))
                .replaceAll("\\p{Cntrl}+", " ")
                .strip();
        return text.length() > LONGEST ? line + "…" : line;
    }
}
