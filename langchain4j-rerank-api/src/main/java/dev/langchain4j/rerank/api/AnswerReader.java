package dev.langchain4j.rerank.api;

import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.IntNode;
import dev.langchain4j.rerank.api.protocol.ErrorDetails;
import dev.langchain4j.rerank.api.protocol.RerankProtocol;
import dev.langchain4j.rerank.api.protocol.RerankProtocol.Request;
import dev.langchain4j.rerank.api.protocol.RerankProtocol.Scored;
import dev.langchain4j.rerank.api.protocol.Usage;
import java.io.IOException;
import java.util.List;
import okhttp3.Headers;
import okio.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * Reads the bodies of responses and errors with the protocol, and checks that a response has one score per document.
 */
final class AnswerReader {

    private static final int DEEPEST = 100;
    private static final List<String> REQUEST_ID_HEADERS = List.of("x-request-id", "x-amzn-RequestId", "request-id");

    /**
     * NaN is not valid JSON, but Python servers write it; it is accepted here so that the message can name the
     * document.
     */
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    static {
        JSON.getFactory()
                .setStreamReadConstraints(
                        StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build());
    }

    private final RerankProtocol protocol;

    AnswerReader(RerankProtocol protocol) {
        this.protocol = protocol;
    }

    /**
     * The scores of a response.
     *
     * @param scores one per document of the request, in its order
     * @param usage the usage of the request
     */
    record Answer(List<Double> scores, Usage usage) {}

    /**
     * Reads a body that came with status 200.
     *
     * @param first index of the request's first document in the whole list, for messages
     * @throws UnusableAnswerException if it is not readable or not one finite score for each document
     */
    Answer answer(Headers headers, ByteString body, Request request, int first) {
        JsonNode json = parse(body);
        if (json == null) {
            throw new UnusableAnswerException(
                    "%s returned a body that is not valid JSON (%d bytes)".formatted(protocol.name(), body.size()));
        }
        List<Scored> scored = protocol.readScores(json);
        if (scored.isEmpty()) {
            refuseError(ErrorRedactor.withoutTexts(error(headers, body), request));
        }
        List<Double> scores =
                inOrder(protocol.name(), scored, request.documents().size(), first);
        return new Answer(scores, usage(headers, json));
    }

    /** Returns the error in a body with status 200, as some gateways send it. */
    private void refuseError(ErrorDetails error) {
        if (error.message() != null) {
            throw new UnusableAnswerException("%s returned HTTP 200 with an error instead of scores: %s"
                    .formatted(protocol.name(), error.message()));
        }
    }

    /** Reads an error body of any shape; code and request id may also be in a header. */
    ErrorDetails error(Headers headers, ByteString body) {
        JsonNode json = parse(body);
        ErrorDetails error = json == null ? ErrorDetails.none() : protocol.readError(json);
        return new ErrorDetails(
                error.message(),
                error.code() == null ? errorCode(headers) : error.code(),
                error.requestId() == null ? requestId(headers) : error.requestId());
    }

    private @Nullable String errorCode(Headers headers) {
        String header = protocol.errorCodeHeader();
        return header == null ? null : headers.get(header);
    }

    /**
     * Sorts the scores of a response by document and checks that there is one finite score for each.
     *
     * @param service for messages
     * @param scored the scores of the response, in any order
     * @param size number of documents in the request
     * @param first index of the first of them in the whole list, for messages
     * @throws UnusableAnswerException if a score is missing, duplicate or not finite; the message names the document
     */
    static List<Double> inOrder(String service, List<Scored> scored, int size, int first) {
        @Nullable Double[] scores = new Double[size];
        String count = " (%d scores for %d documents)".formatted(scored.size(), size);
        for (Scored entry : scored) {
            int index = entry.index();
            if (index < 0 || index >= size) {
                throw new UnusableAnswerException("%s returned a score for index %d of a request with indexes 0 to %d%s"
                        .formatted(service, index, size - 1, count));
            }
            if (scores[index] != null) {
                throw new UnusableAnswerException(
                        service + " returned two scores for document " + (first + index) + count);
            }
            if (!Double.isFinite(entry.score())) {
                throw new UnusableAnswerException(
                        service + " returned no finite number as the score of document " + (first + index));
            }
            scores[index] = entry.score();
        }
        for (int index = 0; index < size; index++) {
            if (scores[index] == null) {
                throw new UnusableAnswerException(
                        service + " returned no score for document " + (first + index) + count);
            }
        }
        return List.of(scores);
    }

    private Usage usage(Headers headers, JsonNode json) {
        Usage usage = protocol.usage(json);
        String header = protocol.tokensHeader();
        String tokens = header == null ? null : headers.get(header);
        boolean counted = tokens != null && tokens.matches("\\d{1,9}");
        return counted ? usage.withTokens(IntNode.valueOf(Integer.parseInt(tokens))) : usage;
    }

    private static @Nullable String requestId(Headers headers) {
        return REQUEST_ID_HEADERS.stream()
                .map(headers::get)
                .filter(id -> id != null)
                .findFirst()
                .orElse(null);
    }

    /** Returns the JSON of a body; null if the bytes are not JSON. */
    private static @Nullable JsonNode parse(ByteString body) {
        try {
            JsonNode json = JSON.readTree(body.toByteArray());
            return json.isMissingNode() ? null : json;
        } catch (IOException e) {
            return null;
        }
    }
}
