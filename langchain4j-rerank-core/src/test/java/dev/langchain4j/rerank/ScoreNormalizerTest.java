package dev.langchain4j.rerank;

import static dev.langchain4j.rerank.ScoreScale.LOGIT;
import static dev.langchain4j.rerank.ScoreScale.PROBABILITY;
import static dev.langchain4j.rerank.ScoreScale.RELATIVE;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ScoreNormalizerTest {

    private static final double[] LOGITS = {2, 0, -3};
    private static final double[] PROBABILITIES = {0.9, 0.5, 0.1};

    @ParameterizedTest
    @EnumSource(ScoreScale.class)
    void none_reports_what_the_model_says(ScoreScale scale) {
        assertThat(ScoreNormalizer.none().normalize(LOGITS.clone(), scale)).isEqualTo(LOGITS);
    }

    @Test
    void sigmoid_turns_logits_and_undeclared_scores_into_probabilities() {
        double[] expected = {1 / (1 + Math.exp(-2)), 0.5, 1 / (1 + Math.exp(3))};

        assertThat(ScoreNormalizer.sigmoid().normalize(LOGITS.clone(), LOGIT)).isEqualTo(expected);
        assertThat(ScoreNormalizer.sigmoid().normalize(LOGITS.clone(), RELATIVE))
                .isEqualTo(expected);
    }

    @Test
    void sigmoid_is_never_applied_to_probabilities() {
        assertThat(ScoreNormalizer.sigmoid().normalize(PROBABILITIES.clone(), PROBABILITY))
                .isEqualTo(PROBABILITIES);
    }

    @Test
    void sigmoid_stays_between_0_and_1_at_the_ends() {
        assertThat(ScoreNormalizer.sigmoid().normalize(new double[] {-1e308, 1e308}, LOGIT))
                .containsExactly(0, 1);
    }

    @Test
    void min_max_stretches_to_0_and_1() {
        assertThat(ScoreNormalizer.minMax().normalize(LOGITS.clone(), LOGIT)).containsExactly(1, 3.0 / 5, 0);
        assertThat(ScoreNormalizer.minMax().normalize(new double[] {-1e308, 1e308}, LOGIT))
                .containsExactly(0, 1);
    }

    @Test
    void min_max_gives_equal_scores_and_a_single_one_a_1() {
        assertThat(ScoreNormalizer.minMax().normalize(new double[] {4, 4}, LOGIT))
                .containsExactly(1, 1);
        assertThat(ScoreNormalizer.minMax().normalize(new double[] {-4}, LOGIT)).containsExactly(1);
        assertThat(ScoreNormalizer.minMax().normalize(new double[0], LOGIT)).isEmpty();
    }

    @Test
    void to_unit_interval_goes_by_the_declared_scale() {
        ScoreNormalizer normalizer = ScoreNormalizer.toUnitInterval();

        assertThat(normalizer.normalize(LOGITS.clone(), LOGIT))
                .isEqualTo(ScoreNormalizer.sigmoid().normalize(LOGITS.clone(), LOGIT));
        assertThat(normalizer.normalize(PROBABILITIES.clone(), PROBABILITY)).isEqualTo(PROBABILITIES);
        assertThat(normalizer.normalize(LOGITS.clone(), RELATIVE))
                .isEqualTo(ScoreNormalizer.minMax().normalize(LOGITS.clone(), RELATIVE));
    }

    @Test
    void to_unit_interval_cuts_rounding_errors_off() {
        assertThat(ScoreNormalizer.toUnitInterval().normalize(new double[] {1.0000001, -1e-9}, PROBABILITY))
                .containsExactly(1, 0);
    }
}
