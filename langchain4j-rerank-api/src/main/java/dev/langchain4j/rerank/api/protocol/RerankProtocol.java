package dev.langchain4j.rerank.api.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.langchain4j.rerank.ScoreScale;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How one rerank service speaks: where it listens, what it wants to be sent and how its answers read. Everything else
 * (transport, splitting, retries, checks, exceptions) is {@link dev.langchain4j.rerank.api.ApiScoringModel}'s, so a protocol is a list of facts.
 * Implementations keep no state between calls and are thread-safe; they see texts and JSON, never HTTP.
 *
 * <p>Five methods make a protocol, the rest have defaults. To try one:
 * {@code ApiScoringModel.builder(new MyProtocol()).apiKey(key).build()}.
 */
public interface RerankProtocol {

    /** The service's name as it stands in messages, for instance {@code Cohere}. */
    String name();

    /**
     * Where requests go unless the user says otherwise: a whole URL, or a path alone ({@code /rerank}) where the
     * service has no address of its own; then {@code baseUrl} is required.
     */
    String defaultUrl();

    /**
     * Writes a request into an empty object. Asks for a score for every document: no limit field where the service
     * gives all by default, else the number of documents. Asks for no document text back. Writes no nulls.
     */
    void writeRequest(ObjectNode body, Request request);

    /**
     * The scores in an answer, in any order; empty if it has no list of scores. They are checked afterwards, so this
     * method passes on what it finds; {@link Scored#list} reads the usual shape.
     */
    List<Scored> readScores(JsonNode answer);

    /** What the scores mean, if the user states nothing else. */
    ScoreScale scoreScale();

    /**
     * The protocol of one model, for services where the URL, the limits, the scale or the body depends on it. Default:
     * this one.
     *
     * @param modelName the user's choice, else {@link #defaultModel()}; null if there is neither
     */
    default RerankProtocol forModel(@Nullable String modelName) {
        return this;
    }

    /** The model if the user names none; null (the default) where the server has just one or there is no good choice. */
    default @Nullable String defaultModel() {
        return null;
    }

    /** Whether a request without a model name is refused by the service. Default {@code false}. */
    default boolean modelRequired() {
        return false;
    }

    /** How requests are authenticated. Default: not at all. */
    default ApiKeyScheme apiKeyScheme() {
        return ApiKeyScheme.none();
    }

    /** Headers of every request, beside the key and the content type. Default none. */
    default Map<String, String> headers() {
        return Map.of();
    }

    /** What one request may hold. Default: no bound. */
    default Limits limits() {
        return Limits.none();
    }

    /**
     * Whether a score depends on the other documents of the request. Such a list is sent whole or not at all. Default
     * {@code false}.
     */
    default boolean listwise() {
        return false;
    }

    /** The object in a written body that takes the user's parameters. Default: the body itself. */
    default ObjectNode parameters(ObjectNode body) {
        return body;
    }

    /** What an answer says it cost. Default: the token counts of the usual {@code usage} object. */
    default Usage usage(JsonNode answer) {
        return Usage.ofTokens(answer.path("usage"));
    }

    /** The answer's header with the number of tokens read, where the body does not tell it. Default none. */
    default @Nullable String tokensHeader() {
        return null;
    }

    /** What an error body says. Default: {@link ErrorDetails#of}, which knows the shapes in use. */
    default ErrorDetails readError(JsonNode error) {
        return ErrorDetails.of(error);
    }

    /** The answer's header with the service's name for an error, where the body does not tell it. Default none. */
    default @Nullable String errorCodeHeader() {
        return null;
    }

    /**
     * What an error means, which decides the exception and whether the request is sent again. Override it for statuses
     * and codes that mean something else here. Default: {@link ErrorKind#of}.
     *
     * @param status the HTTP status; not 200
     * @param request what was refused
     */
    default ErrorKind errorKind(int status, ErrorDetails error, Request request) {
        return ErrorKind.of(status, error);
    }

    /**
     * What is to be scored by one request.
     *
     * @param query not blank
     * @param documents at least one, none blank
     * @param modelName the user's choice, else the protocol's default; null if there is neither
     */
    record Request(
            String query, List<String> documents, @Nullable String modelName) {

        /** Keeps an unmodifiable copy of the documents. */
        public Request {
            documents = List.copyOf(documents);
        }

        /** Texts stay out. */
        @Override
        public String toString() {
            return "Request[" + documents.size() + " documents, model " + modelName + "]";
        }
    }

    /**
     * A score as the service gave it, not checked yet.
     *
     * @param index the document's index in the request, from 0; -1 if the service named none
     * @param score the score; NaN if the service gave no number
     */
    record Scored(int index, double score) {

        /**
         * Reads {@code [{"index": 2, "relevance_score": 0.98}, …]} in the order of the answer. Quoted numbers count as
         * numbers.
         *
         * @param list the list, or anything else where the answer has none: then the result is empty
         * @param scoreField the member that holds the score
         */
        public static List<Scored> list(JsonNode list, String scoreField) {
            List<Scored> scores = new ArrayList<>();
            for (JsonNode entry : list.isArray() ? list : List.<JsonNode>of()) {
                scores.add(new Scored(index(entry.path("index")), number(entry.path(scoreField))));
            }
            return scores;
        }

        /** The number in a node, quoted or not; NaN if there is none. */
        public static double number(JsonNode node) {
            return node.isNumber() || node.isTextual() ? node.asDouble(Double.NaN) : Double.NaN;
        }

        private static int index(JsonNode node) {
            boolean whole = node.canConvertToExactIntegral() && node.canConvertToInt();
            return whole || node.isTextual() ? node.asInt(-1) : -1;
        }
    }
}
