package dev.langchain4j.rerank.local;

import dev.langchain4j.model.output.Response;
import dev.langchain4j.model.output.TokenUsage;
import dev.langchain4j.model.scoring.response.ScoringResponse;
import dev.langchain4j.rerank.ScoreDetail;
import dev.langchain4j.rerank.ScoreDetails;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;

/** The scores of one call as LangChain4j's answers. Written by one thread at a time, read when the call is complete. */
final class CollectedScores {

    private final double[] scores;
    private final ScoreDetail[] details;
    private long tokens;

    CollectedScores(int texts) {
        this.scores = new double[texts];
        this.details = new ScoreDetail[texts];
    }

    void add(ScoredText score) {
        scores[score.place()] = score.score();
        details[score.place()] = score.detail();
        tokens += score.tokens();
    }

    Response<List<Double>> response() {
        return Response.from(scores(), usage(), null, ScoreDetails.metadata(Arrays.asList(details)));
    }

    ScoringResponse scoringResponse() {
        return ScoringResponse.builder()
                .scores(scores())
                .metadata(ScoreDetails.metadata(Arrays.asList(details), null, usage()))
                .build();
    }

    private List<Double> scores() {
        return DoubleStream.of(scores).boxed().toList();
    }

    private TokenUsage usage() {
        return new TokenUsage((int) Math.min(tokens, Integer.MAX_VALUE));
    }
}
