package dev.langchain4j.rerank.api.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.langchain4j.rerank.ScoreScale;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The protocol of one rerank service: its URL, its requests and its responses. Everything else (transport, splitting,
 * retries, checks, exceptions) is part of {@link dev.langchain4j.rerank.api.ApiScoringModel}, so a protocol is a list
 * of facts. Implementations keep no state between calls and are thread-safe; they see texts and JSON, never HTTP.
 *
 * <p>Five methods define a protocol, the others have defaults. To try one:
 * {@code ApiScoringModel.builder(new MyProtocol()).apiKey(key).build()}.
 */
public interface RerankProtocol {

    /** Returns the name of the service in messages, for instance {@code Cohere}. */
    String name();

    /**
     * Returns the default URL of requests: a whole URL, or a path alone ({@code /rerank}) if the service has no URL of
     * its own; then {@code baseUrl} is required.
     */
    String defaultUrl();

    /**
     * Writes a request into an empty object. It requests a score for every document: no limit field if the service
     * returns all by default, otherwise the number of documents. It does not request the texts of documents back. It
     * writes no nulls.
     */
    void writeRequest(ObjectNode body, Request request);

    /**
     * Returns the scores of a response, in any order; empty if it has no list of scores. They are checked afterwards,
     * so this method returns them as they are; {@link Scored#list} reads the usual shape.
     */
    List<Scored> readScores(JsonNode answer);

    /** Returns the meaning of the scores, unless the user declares another. */
    ScoreScale scoreScale();

    /**
     * Returns the protocol of one model, for services whose URL, limits, scale or body depends on it. Default: this
     * one.
     *
     * @param modelName the choice of the user, otherwise {@link #defaultModel()}; null if there is neither
     */
    default RerankProtocol forModel(@Nullable String modelName) {
        return this;
    }

    /**
     * Returns the model if the user names none; null (the default) if the server has only one or there is no good
     * choice.
     */
    default @Nullable String defaultModel() {
        return null;
    }

    /** Returns whether the service refuses a request without a model name. Default {@code false}. */
    default boolean modelRequired() {
        return false;
    }

    /** Returns how requests are authenticated. Default: none. */
    default ApiKeyScheme apiKeyScheme() {
        return ApiKeyScheme.none();
    }

    /** Returns the headers of every request, besides the key and the content type. Default: none. */
    default Map<String, String> headers() {
        return Map.of();
    }

    /** Returns the limits of one request. Default: no limit. */
    default Limits limits() {
        return Limits.none();
    }

    /**
     * Returns whether a score depends on the other documents of the request. Such a list is sent whole or refused.
     * Default {@code false}.
     */
    default boolean listwise() {
        return false;
    }

    /** Returns the object in a written body that receives the parameters of the user. Default: the body itself. */
    default ObjectNode parameters(ObjectNode body) {
        return body;
    }

    /** Returns the usage of a response. Default: the token counts of the usual {@code usage} object. */
    default Usage usage(JsonNode answer) {
        return Usage.ofTokens(answer.path("usage"));
    }

    /**
     * Returns the name of the response header with the number of tokens, if the body does not contain it. Default:
     * none.
     */
    default @Nullable String tokensHeader() {
        return null;
    }

    /** Returns the details of an error body. Default: {@link ErrorDetails#of}, which reads the common shapes. */
    default ErrorDetails readError(JsonNode error) {
        return ErrorDetails.of(error);
    }

    /**
     * Returns the name of the response header with the service's name for an error, if the body does not contain it.
     * Default: none.
     */
    default @Nullable String errorCodeHeader() {
        return null;
    }

    /**
     * Returns the meaning of an error, which decides the exception and whether the request is retried. Override it for
     * statuses and codes with another meaning at this service. Default: {@link ErrorKind#of}.
     *
     * @param status the HTTP status; not 200
     * @param request the refused request
     */
    default ErrorKind errorKind(int status, ErrorDetails error, Request request) {
        return ErrorKind.of(status, error);
    }

    /**
     * The content of one request.
     *
     * @param query not blank
     * @param documents at least one, none blank
     * @param modelName the choice of the user, otherwise the default of the protocol; null if there is neither
     */
    record Request(
            String query, List<String> documents, @Nullable String modelName) {

        /** Keeps an unmodifiable copy of the documents. */
        public Request {
            documents = List.copyOf(documents);
        }

        /** Omits the texts. */
        @Override
        public String toString() {
            return "Request[" + documents.size() + " documents, model " + modelName + "]";
        }
    }

    /**
     * A score as returned by the service, not checked yet.
     *
     * @param index index of the document in the request, from 0; -1 if the service returned none
     * @param score the score; NaN if the service returned no number
     */
    record Scored(int index, double score) {

        /**
         * Reads {@code [{"index": 2, "relevance_score": 0.98}, …]} in the order of the response. Quoted numbers count
         * as numbers.
         *
         * @param list the list, or any other node if the response has none: then the result is empty
         * @param scoreField the member with the score
         */
        public static List<Scored> list(JsonNode list, String scoreField) {
            List<Scored> scores = new ArrayList<>();
            for (JsonNode entry : list.isArray() ? list : List.<JsonNode>of()) {
                scores.add(new Scored(index(entry.path("index")), number(entry.path(scoreField))));
            }
            return scores;
        }

        /** Returns the number in a node, quoted or not; NaN if there is none. */
        public static double number(JsonNode node) {
            return node.isNumber() || node.isTextual() ? node.asDouble(Double.NaN) : Double.NaN;
        }

        private static int index(JsonNode node) {
            boolean whole = node.canConvertToExactIntegral() && node.canConvertToInt();
            return whole || node.isTextual() ? node.asInt(-1) : -1;
        }
    }
}
