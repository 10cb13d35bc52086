package dev.langchain4j.rerank;

import dev.langchain4j.model.output.Response;
import dev.langchain4j.model.output.TokenUsage;
import dev.langchain4j.model.scoring.response.ScoringResponse;
import dev.langchain4j.model.scoring.response.ScoringResponseMetadata;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

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

    /** Replaced by {@link RerankMetadata#toMap()}. */
    public static Map<String, Object> metadata(List<ScoreDetail> details) {
        return metadata(details, null);
    }

    /** Replaced by {@link RerankMetadata#toMap()}. */
    public static Map<String, Object> metadata(List<ScoreDetail> details, @Nullable ScoringTimes times) {
        return RerankMetadata.builder()
                .scoreDetails(details)
                .scoringTimes(times)
                .build()
                .toMap();
    }

    /** Replaced by {@link RerankMetadata#builder()}. */
    public static ScoringResponseMetadata metadata(
            List<ScoreDetail> details, @Nullable String modelName, @Nullable TokenUsage usage) {
        return metadata(details, null, modelName, usage);
    }

    /** Replaced by {@link RerankMetadata#builder()}. */
    public static ScoringResponseMetadata metadata(
            List<ScoreDetail> details,
            @Nullable ScoringTimes times,
            @Nullable String modelName,
            @Nullable TokenUsage usage) {
        return RerankMetadata.builder()
                .scoreDetails(details)
                .scoringTimes(times)
                .modelName(modelName)
                .tokenUsage(usage)
                .build();
    }
}
