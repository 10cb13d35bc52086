package dev.langchain4j.rerank.local;

import dev.langchain4j.model.output.TokenUsage;
import dev.langchain4j.rerank.RerankMetadata;
import dev.langchain4j.rerank.ScoreDetail;
import dev.langchain4j.rerank.ScoringTimes;
import dev.langchain4j.rerank.internal.ModelResponse;
import java.util.Arrays;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;

/** Collects the scores of one call. Written by one thread at a time, read when the call is complete. */
final class ScoreCollector implements CallListener {

    private final double[] scores;
    private final ScoreDetail[] details;
    private long tokens;
    private @Nullable ScoringTimes times; // null for a call without texts

    ScoreCollector(int texts) {
        this.scores = new double[texts];
        this.details = new ScoreDetail[texts];
    }

    @Override
    public void scored(ScoredText score) {
        scores[score.index()] = score.score();
        details[score.index()] = score.detail();
        tokens += score.tokens();
    }

    @Override
    public void took(ScoringTimes times) {
        this.times = times;
    }

    /** Returns the response of the complete call. */
    ModelResponse response() {
        RerankMetadata.Builder metadata =
                RerankMetadata.builder().scoreDetails(Arrays.asList(details)).scoringTimes(times);
        metadata.tokenUsage(new TokenUsage((int) Math.min(tokens, Integer.MAX_VALUE)));
        return new ModelResponse(DoubleStream.of(scores).boxed().toList(), metadata.build());
    }
}
