package dev.langchain4j.rerank.api.internal.protocols;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.langchain4j.rerank.ScoreScale;
import dev.langchain4j.rerank.api.protocol.ApiKeyScheme;
import dev.langchain4j.rerank.api.protocol.ErrorDetails;
import dev.langchain4j.rerank.api.protocol.ErrorKind;
import dev.langchain4j.rerank.api.protocol.RerankProtocol;
import java.util.List;

/**
 * llama.cpp's server, started with {@code --reranking},
 * <a href="https://github.com/ggml-org/llama.cpp/tree/master/tools/server">github.com/ggml-org/llama.cpp</a>. It has
 * one model and accepts any name for it. Nothing is truncated: a pair longer than the physical batch is an error.
 */
final class LlamaCppProtocol implements RerankProtocol {

    @Override
    public String name() {
        return "llama.cpp";
    }

    @Override
    public String defaultUrl() {
        return "http://localhost:8080/v1/rerank";
    }

    @Override
    public ApiKeyScheme apiKeyScheme() {
        return ApiKeyScheme.bearer().optional();
    }

    @Override
    public void writeRequest(ObjectNode body, Request request) {
        if (request.modelName() != null) {
            body.put("model", request.modelName());
        }
        body.put("query", request.query());
        request.documents().forEach(body.putArray("documents")::add);
    }

    @Override
    public List<Scored> readScores(JsonNode answer) {
        return Scored.list(answer.path("results"), "relevance_score");
    }

    /** The scores are the output of the model; probabilities for Qwen3-Reranker builds. */
    @Override
    public ScoreScale scoreScale() {
        return ScoreScale.LOGIT;
    }

    /** No model can be missing, and a text that is too long is a 500. */
    @Override
    public ErrorKind errorKind(int status, ErrorDetails error, Request request) {
        if (status == 404) {
            return ErrorKind.WRONG_PATH;
        }
        String message = error.message();
        boolean tooLong = status == 500 && message != null && message.contains("too large to process");
        return tooLong ? ErrorKind.INVALID_REQUEST : ErrorKind.of(status, error);
    }
}
