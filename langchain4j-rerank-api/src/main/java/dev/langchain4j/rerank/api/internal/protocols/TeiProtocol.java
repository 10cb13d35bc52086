package dev.langchain4j.rerank.api.internal.protocols;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.langchain4j.rerank.ScoreScale;
import dev.langchain4j.rerank.api.protocol.ApiKeyScheme;
import dev.langchain4j.rerank.api.protocol.ErrorDetails;
import dev.langchain4j.rerank.api.protocol.ErrorKind;
import dev.langchain4j.rerank.api.protocol.Limits;
import dev.langchain4j.rerank.api.protocol.RerankProtocol;
import java.util.List;

/**
 * Hugging Face Text Embeddings Inference,
 * <a href="https://huggingface.github.io/text-embeddings-inference">huggingface.github.io</a>. The limits are the
 * defaults of {@code --max-client-batch-size} and {@code --payload-limit}. Usage is in headers.
 */
final class TeiProtocol implements RerankProtocol {

    /** Default of {@code --max-concurrent-requests}; every text takes one. */
    private static final int PERMITS = 512;

    @Override
    public String name() {
        return "TEI";
    }

    @Override
    public String defaultUrl() {
        return "http://localhost:8080/rerank";
    }

    @Override
    public ApiKeyScheme apiKeyScheme() {
        return ApiKeyScheme.bearer("HF_TOKEN").optional();
    }

    @Override
    public Limits limits() {
        return Limits.ofDocuments(32).withBytes(2_000_000);
    }

    @Override
    public void writeRequest(ObjectNode body, Request request) {
        body.put("query", request.query());
        request.documents().forEach(body.putArray("texts")::add);
        body.put("raw_scores", false);
        body.put("return_text", false);
        body.put("truncate", true);
    }

    @Override
    public List<Scored> readScores(JsonNode answer) {
        return Scored.list(answer, "score");
    }

    @Override
    public ScoreScale scoreScale() {
        return ScoreScale.PROBABILITY;
    }

    @Override
    public String tokensHeader() {
        return "x-compute-tokens";
    }

    /** 424 means that the loaded model is not a reranker; a 429 for more texts than there are permits is permanent. */
    @Override
    public ErrorKind errorKind(int status, ErrorDetails error, Request request) {
        if (status == 429 && request.documents().size() > PERMITS) {
            return ErrorKind.QUOTA;
        }
        return status == 424 ? ErrorKind.MODEL : ErrorKind.of(status, error);
    }
}
