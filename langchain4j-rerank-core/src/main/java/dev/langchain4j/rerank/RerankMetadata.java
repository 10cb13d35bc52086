package dev.langchain4j.rerank;

import dev.langchain4j.model.output.Response;
import dev.langchain4j.model.scoring.response.ScoringResponse;
import dev.langchain4j.model.scoring.response.ScoringResponseMetadata;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The metadata of a response of this library's scoring models: score details, the timing breakdown and the billed units,
 * beside LangChain4j's model name and token usage. Compositions (cache, fallback, cascade, windows, weighted) pass it on.
 *
 * <p>{@link #of(Response)} and {@link #of(ScoringResponse)} read it from any response, also from one of a foreign model.
 * Immutable.
 */
public final class RerankMetadata extends ScoringResponseMetadata {

    private static final String KEY = "dev.langchain4j.rerank.metadata";

    private final List<ScoreDetail> scoreDetails;
    private final @Nullable ScoringTimes scoringTimes;
    private final Map<String, Double> billedUnits;

    private RerankMetadata(Builder builder) {
        super(builder);
        this.scoreDetails = builder.scoreDetails;
        this.scoringTimes = builder.scoringTimes;
        this.billedUnits = builder.billedUnits;
    }

    /** Starts empty metadata. */
    public static Builder builder() {
        return new Builder();
    }

    /** The metadata of a response of the sync path; of a foreign model, with the token usage only. */
    public static RerankMetadata of(Response<?> response) {
        return response.metadata().get(KEY) instanceof RerankMetadata metadata
                ? metadata
                : builder().tokenUsage(response.tokenUsage()).build();
    }

    /** The metadata of a response of the async path; of a foreign model, with model name and token usage only. */
    public static RerankMetadata of(ScoringResponse response) {
        return response.metadata() instanceof RerankMetadata metadata
                ? metadata
                : builder()
                        .modelName(response.modelName())
                        .tokenUsage(response.tokenUsage())
                        .build();
    }

    /** This metadata for a {@link Response}, which takes a map. */
    public Map<String, Object> toMap() {
        return Map.of(KEY, this);
    }

    /** One detail per score, in the order of the scores; empty if the model reported none. */
    public List<ScoreDetail> scoreDetails() {
        return scoreDetails;
    }

    /** The timing breakdown of the call; null if the model reported none. */
    public @Nullable ScoringTimes scoringTimes() {
        return scoringTimes;
    }

    /**
     * The units that a service charged for all requests of the call, by the service's own names ({@code search_units},
     * {@code rerank_units}); empty if it reported none. Units are not tokens: tokens are in {@link #tokenUsage()}.
     */
    public Map<String, Double> billedUnits() {
        return billedUnits;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof RerankMetadata that
                && super.equals(other)
                && scoreDetails.equals(that.scoreDetails)
                && Objects.equals(scoringTimes, that.scoringTimes)
                && billedUnits.equals(that.billedUnits);
    }

    @Override
    public int hashCode() {
        return Objects.hash(super.hashCode(), scoreDetails, scoringTimes, billedUnits);
    }

    @Override
    public String toString() {
        return "RerankMetadata{modelName=%s, tokenUsage=%s, scoreDetails=%s, scoringTimes=%s, billedUnits=%s}"
                .formatted(modelName(), tokenUsage(), scoreDetails, scoringTimes, billedUnits);
    }

    /** Builder of {@link RerankMetadata}. Not thread-safe. */
    public static final class Builder extends ScoringResponseMetadata.Builder<Builder> {

        private List<ScoreDetail> scoreDetails = List.of();
        private @Nullable ScoringTimes scoringTimes;
        private Map<String, Double> billedUnits = Map.of();

        private Builder() {}

        /** One detail per score, in the order of the scores. Default none. */
        public Builder scoreDetails(List<ScoreDetail> scoreDetails) {
            this.scoreDetails = List.copyOf(scoreDetails);
            return this;
        }

        /** The timing breakdown of the call; null if it is not known. Default null. */
        public Builder scoringTimes(@Nullable ScoringTimes scoringTimes) {
            this.scoringTimes = scoringTimes;
            return this;
        }

        /** The units charged for the call, by name. Default none. */
        public Builder billedUnits(Map<String, Double> billedUnits) {
            this.billedUnits = Map.copyOf(billedUnits);
            return this;
        }

        @Override
        public RerankMetadata build() {
            return new RerankMetadata(this);
        }
    }
}
