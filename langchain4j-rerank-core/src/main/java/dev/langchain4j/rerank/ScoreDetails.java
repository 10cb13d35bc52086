package dev.langchain4j.rerank;

import dev.langchain4j.model.output.Response;
import dev.langchain4j.model.scoring.response.ScoringResponse;
import java.util.List;

/**
 * Reads {@link ScoreDetail}s from LangChain4j's responses, one per score and in the order of the scores. The whole
 * metadata of a response is {@link RerankMetadata}.
 */
public final class ScoreDetails {

    private ScoreDetails() {}

    /** Returns the details of a response of the sync path, one per score; empty if the model reported none. */
    public static List<ScoreDetail> of(Response<?> response) {
        return RerankMetadata.of(response).scoreDetails();
    }

    /** Returns the details of a response of the async path, one per score; empty if the model reported none. */
    public static List<ScoreDetail> of(ScoringResponse response) {
        return RerankMetadata.of(response).scoreDetails();
    }
}
