package dev.langchain4j.rerank.local;

import dev.langchain4j.model.output.Response;
import dev.langchain4j.model.output.TokenUsage;
import dev.langchain4j.model.scoring.response.ScoringResponse;
import dev.langchain4j.rerank.ScoreDetail;
import dev.langchain4j.rerank.ScoreDetails;
import dev.langchain4j.rerank.ScoringTimes;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;

/** The scores of one call as LangChain4j's answers. Written by one thread at a time, read when the call is complete. */
final class ScoreCollector implements CallListener {

    private final double[] scores;
    private final ScoreDetail[] details;
    private long tokens;
    private @Nullable ScoringTimes times; // of a call without texts

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

    Response<List<Double>> response() {
        return Response.from(scores(), usage(), null, ScoreDetails.metadata(Arrays.asList(details), times));
    }

    ScoringResponse scoringResponse() {
        return ScoringResponse.builder()
                .scores(scores())
                .metadata(ScoreDetails.metadata(Arrays.asList(details), times, null, usage()))
                .build();
    }

    private List<Double> scores() {
        return DoubleStream.of(scores).boxed().toList();
    }

    private TokenUsage usage() {
        return new TokenUsage((int) Math.min(tokens, Integer.MAX_VALUE));
    }
}
