package dev.langchain4j.rerank.api.internal.protocols;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.langchain4j.rerank.ScoreScale;
import dev.langchain4j.rerank.api.protocol.ErrorDetails;
import dev.langchain4j.rerank.api.protocol.ErrorKind;
import dev.langchain4j.rerank.api.protocol.Limits;
import dev.langchain4j.rerank.api.protocol.RerankProtocol;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Amazon Bedrock's Rerank,
 * <a href="https://docs.aws.amazon.com/bedrock/latest/APIReference/API_agent-runtime_Rerank.html">docs.aws.amazon.com</a>:
 * exactly one query and at most 1,000 sources. A result for every source is requested, so that none is on a second
 * page.
 */
final class BedrockProtocol implements RerankProtocol {

    private final String region;

    BedrockProtocol(String region) {
        this.region = UrlPart.of("region", region);
    }

    @Override
    public String name() {
        return "Bedrock";
    }

    @Override
    public String defaultUrl() {
        return "https://bedrock-agent-runtime." + region + ".amazonaws.com/rerank";
    }

    @Override
    public String defaultModel() {
        return "cohere.rerank-v3-5:0";
    }

    @Override
    public Limits limits() {
        return Limits.ofDocuments(1000);
    }

    @Override
    public void writeRequest(ObjectNode body, Request request) {
        body.putArray("queries")
                .addObject()
                .put("type", "TEXT")
                .putObject("textQuery")
                .put("text", request.query());
        ArrayNode sources = body.putArray("sources");
        request.documents().forEach(text -> writeSource(sources.addObject(), text));
        ObjectNode configuration = body.putObject("rerankingConfiguration")
                .put("type", "BEDROCK_RERANKING_MODEL")
                .putObject("bedrockRerankingConfiguration");
        configuration.putObject("modelConfiguration").put("modelArn", arn(request.modelName()));
        configuration.put("numberOfResults", request.documents().size());
    }

    @Override
    public List<Scored> readScores(JsonNode answer) {
        return Scored.list(answer.path("results"), "relevanceScore");
    }

    @Override
    public ScoreScale scoreScale() {
        return ScoreScale.PROBABILITY;
    }

    @Override
    public String errorCodeHeader() {
        return "x-amzn-ErrorType";
    }

    /** Bedrock returns 400 for an exhausted quota. */
    @Override
    public ErrorKind errorKind(int status, ErrorDetails error, Request request) {
        boolean quota = "ServiceQuotaExceededException".equals(error.code());
        return quota ? ErrorKind.QUOTA : ErrorKind.of(status, error);
    }

    private static void writeSource(ObjectNode source, String text) {
        source.put("type", "INLINE")
                .putObject("inlineDocumentSource")
                .put("type", "TEXT")
                .putObject("textDocument")
                .put("text", text);
    }

    /** A whole ARN stays as it is: inference profiles, other partitions. */
    private @Nullable String arn(@Nullable String model) {
        boolean whole = model != null && model.startsWith("arn:");
        return whole ? model : "arn:aws:bedrock:" + region + "::foundation-model/" + model;
    }
}
