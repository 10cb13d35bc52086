package dev.langchain4j.rerank.local;

import dev.langchain4j.model.output.Response;
import dev.langchain4j.model.output.TokenUsage;
import dev.langchain4j.model.scoring.response.ScoringResponse;
import dev.langchain4j.rerank.ScoreDetail;
import dev.langchain4j.rerank.ScoreDetails;
import dev.langchain4j.rerank.local.PairScorer.PairScores;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;

/** The scores of one call as LangChain4j's answers. Written by one thread at a time, read when the call is complete. */
final class CollectedScores implements PairScores {

    private static final ScoreDetail WHOLE = ScoreDetail.ofScored();
    private static final ScoreDetail TRUNCATED = new ScoreDetail(true, ScoreDetail.SCORED, null, true);

    private final double[] scores;
    private final ScoreDetail[] details;
    private long tokens;

    CollectedScores(int texts) {
        this.scores = new double[texts];
        this.details = new ScoreDetail[texts];
    }

    @Override
    public void accept(int place, TokenizedPair pair, double score) {
        scores[place] = score;
        details[place] = pair.truncated() ? TRUNCATED : WHOLE;
        tokens += pair.length();
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
