package dev.langchain4j.rerank;

import dev.langchain4j.model.output.Response;
import dev.langchain4j.model.output.TokenUsage;
import dev.langchain4j.model.scoring.response.ScoringResponse;
import dev.langchain4j.model.scoring.response.ScoringResponseMetadata;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Carries {@link ScoreDetail}s, one a text in the order of the scores, through LangChain4j's responses: in
 * {@link Response#metadata()} on the sync path, as the {@link ScoringResponse#metadata()} on the async path. The
 * {@link ScoringTimes} of the call go with them.
 */
public final class ScoreDetails {

    private static final String KEY = "dev.langchain4j.rerank.scoreDetails";
    private static final String TIMES_KEY = "dev.langchain4j.rerank.scoringTimes";

    private ScoreDetails() {}

    /** The details of a response, one a score; empty if the model told none. */
    public static List<ScoreDetail> of(Response<?> response) {
        return response.metadata().get(KEY) instanceof List<?> details
                ? details.stream().map(ScoreDetail.class::cast).toList()
                : List.of();
    }

    /** The details of a response, one a score; empty if the model told none. */
    public static List<ScoreDetail> of(ScoringResponse response) {
        return response.metadata() instanceof DetailedMetadata detailed ? detailed.details : List.of();
    }

    static @Nullable ScoringTimes times(Response<?> response) {
        return response.metadata().get(TIMES_KEY) instanceof ScoringTimes times ? times : null;
    }

    static @Nullable ScoringTimes times(ScoringResponse response) {
        return response.metadata() instanceof DetailedMetadata detailed ? detailed.times : null;
    }

    /** Metadata for a {@link Response}. */
    public static Map<String, Object> metadata(List<ScoreDetail> details) {
        return metadata(details, null);
    }

    /**
     * Metadata for a {@link Response}.
     *
     * @param times null if they are not known
     */
    public static Map<String, Object> metadata(List<ScoreDetail> details, @Nullable ScoringTimes times) {
        List<ScoreDetail> copy = List.copyOf(details);
        return times == null ? Map.of(KEY, copy) : Map.of(KEY, copy, TIMES_KEY, times);
    }

    /**
     * Metadata for a {@link ScoringResponse}. Model name and usage go in here, never on the response's own builder as
     * well, which LangChain4j refuses.
     */
    public static ScoringResponseMetadata metadata(
            List<ScoreDetail> details, @Nullable String modelName, @Nullable TokenUsage usage) {
        return metadata(details, null, modelName, usage);
    }

    /**
     * Metadata for a {@link ScoringResponse}, as {@link #metadata(List, String, TokenUsage)}.
     *
     * @param times null if they are not known
     */
    public static ScoringResponseMetadata metadata(
            List<ScoreDetail> details,
            @Nullable ScoringTimes times,
            @Nullable String modelName,
            @Nullable TokenUsage usage) {
        DetailedMetadata.Builder builder = new DetailedMetadata.Builder(List.copyOf(details), times);
        builder.modelName(modelName);
        builder.tokenUsage(usage);
        return builder.build();
    }

    private static final class DetailedMetadata extends ScoringResponseMetadata {

        private final List<ScoreDetail> details;
        private final @Nullable ScoringTimes times;

        private DetailedMetadata(Builder builder) {
            super(builder);
            this.details = builder.details;
            this.times = builder.times;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof DetailedMetadata that
                    && super.equals(other)
                    && details.equals(that.details)
                    && Objects.equals(times, that.times);
        }

        @Override
        public int hashCode() {
            return Objects.hash(super.hashCode(), details, times);
        }

        private static final class Builder extends ScoringResponseMetadata.Builder<Builder> {

            private final List<ScoreDetail> details;
            private final @Nullable ScoringTimes times;

            private Builder(List<ScoreDetail> details, @Nullable ScoringTimes times) {
                this.details = details;
                this.times = times;
            }

            @Override
            public DetailedMetadata build() {
                return new DetailedMetadata(this);
            }
        }
    }
}
