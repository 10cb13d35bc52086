package dev.langchain4j.rerank.local.msmarcominilml12v2q;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.rerank.ScoreScale;
import dev.langchain4j.rerank.local.Activation;
import java.util.List;
import org.junit.jupiter.api.Test;

class MsMarcoMiniLmL12V2QuantizedScoringModelTest {

    private static final String QUERY = "What is the capital of France?";
    private static final TextSegment ANSWER = TextSegment.from("Paris is the capital and largest city of France.");
    private static final TextSegment OTHER = TextSegment.from("Horses and cows are both animals.");

    @Test
    void answers_raw_logits_by_default() {
        try (var model = new MsMarcoMiniLmL12V2QuantizedScoringModel()) {
            List<Double> scores = model.scoreAll(List.of(OTHER, ANSWER), QUERY).content();

            assertThat(model.scoreScale()).isEqualTo(ScoreScale.LOGIT);
            assertThat(scores.get(0)).isLessThan(-5);
            assertThat(scores.get(1)).isGreaterThan(5);
        }
    }

    @Test
    void answers_the_sigmoid_of_the_logit_on_request() {
        try (var raw = new MsMarcoMiniLmL12V2QuantizedScoringModel();
                var sigmoid = new MsMarcoMiniLmL12V2QuantizedScoringModel(Activation.SIGMOID)) {
            double logit = raw.score(ANSWER, QUERY).content();

            assertThat(sigmoid.scoreScale()).isEqualTo(ScoreScale.PROBABILITY);
            assertThat(sigmoid.score(ANSWER, QUERY).content()).isEqualTo(1 / (1 + Math.exp(-logit)));
        }
    }
}
