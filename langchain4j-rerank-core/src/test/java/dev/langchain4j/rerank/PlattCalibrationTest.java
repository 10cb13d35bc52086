package dev.langchain4j.rerank;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlattCalibrationTest {

    /** Where the likelihood is highest, its derivatives by slope and intercept vanish. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void finds_the_maximum_of_the_likelihood(long seed) {
        // given
        Random random = new Random(seed);
        double[] scores = random.doubles(500, -12, 8).toArray();
        boolean[] relevant = judge(scores, random);
        long positives = IntStream.range(0, 500).filter(i -> relevant[i]).count();
        double high = (positives + 1.0) / (positives + 2.0);
        double low = 1.0 / (500 - positives + 2.0);

        // when
        PlattCalibration calibration = PlattCalibration.fit(scores, relevant);

        // then
        double bySlope = 0;
        double byIntercept = 0;
        for (int i = 0; i < scores.length; i++) {
            double error = (relevant[i] ? high : low) - calibration.probability(scores[i]);
            bySlope += scores[i] * error;
            byIntercept += error;
        }
        assertThat(bySlope).as("seed %d", seed).isCloseTo(0, within(1e-6));
        assertThat(byIntercept).as("seed %d", seed).isCloseTo(0, within(1e-6));
    }

    @Test
    void finds_the_probabilities_that_the_judgements_were_drawn_with() {
        // given
        Random random = new Random(42);
        double[] scores = random.doubles(20_000, -10, 10).toArray();

        // when
        PlattCalibration calibration = PlattCalibration.fit(scores, judge(scores, random));

        // then
        assertThat(calibration.slope()).isCloseTo(-0.8, within(0.05));
        assertThat(calibration.intercept()).isCloseTo(1.5, within(0.1));
    }

    @Test
    void does_not_become_certain_of_pairs_that_are_perfectly_separated() {
        PlattCalibration calibration =
                PlattCalibration.fit(new double[] {3, 2, -2, -3}, new boolean[] {true, true, false, false});

        assertThat(calibration.probability(3)).isBetween(0.7, 0.8);
        assertThat(calibration.probability(-3)).isBetween(0.2, 0.3);
        assertThat(calibration.probability(0)).isCloseTo(0.5, within(1e-9));
    }

    @Test
    void copes_with_scores_far_from_zero() {
        double[] scores = {1e6 + 3, 1e6 + 2, 1e6 - 2, 1e6 - 3};

        PlattCalibration calibration = PlattCalibration.fit(scores, new boolean[] {true, true, false, false});

        assertThat(calibration.probability(1e6 + 3)).isGreaterThan(0.6);
        assertThat(calibration.probability(1e6 - 3)).isLessThan(0.4);
    }

    @Test
    void keeps_the_order_of_scores() {
        PlattCalibration calibration = new PlattCalibration(-0.8, 1.5);

        assertThat(calibration.normalize(new double[] {2, 1, -4}, ScoreScale.LOGIT))
                .containsExactly(
                        1 / (1 + Math.exp(-0.8 * 2 + 1.5)),
                        1 / (1 + Math.exp(-0.8 * 1 + 1.5)),
                        1 / (1 + Math.exp(-0.8 * -4 + 1.5)));
    }

    @Test
    void refuses_judgements_that_say_nothing() {
        assertThatThrownBy(() -> PlattCalibration.fit(new double[] {1, 2}, new boolean[] {true, true}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a calibration needs relevant and irrelevant pairs, got 2 and 0");
        assertThatThrownBy(() -> PlattCalibration.fit(new double[] {1, 2}, new boolean[] {true}))
                .hasMessage("scores and relevant must have the same length, got 2 scores and 1 judgements");
        assertThatThrownBy(() -> PlattCalibration.fit(new double[] {1, Double.NaN}, new boolean[] {true, false}))
                .hasMessage("scores must be a finite number, got NaN");
        assertThatThrownBy(() -> PlattCalibration.fit(new double[] {1, 2}, new boolean[] {true, false}))
                .hasMessage("the relevant pairs do not score higher than the irrelevant ones; "
                        + "check that each judgement belongs to its score");
    }

    @Test
    void refuses_numbers_that_would_turn_the_order_around() {
        assertThatThrownBy(() -> new PlattCalibration(0, 1))
                .hasMessage("slope must be a finite number below 0, got 0.0");
        assertThatThrownBy(() -> new PlattCalibration(-1, Double.NaN))
                .hasMessage("intercept must be a finite number, got NaN");
    }

    @Test
    void does_not_change_what_it_is_fitted_on() {
        double[] scores = {3, 2, -2, -3};
        boolean[] relevant = {true, true, false, false};

        PlattCalibration.fit(scores, relevant);

        assertThat(scores).containsExactly(3, 2, -2, -3);
        assertThat(relevant).containsExactly(true, true, false, false);
    }

    /** Draws judgements with the probabilities of slope -0.8 and intercept 1.5. */
    private static boolean[] judge(double[] scores, Random random) {
        boolean[] relevant = new boolean[scores.length];
        for (int i = 0; i < scores.length; i++) {
            relevant[i] = random.nextDouble() < new PlattCalibration(-0.8, 1.5).probability(scores[i]);
        }
        assertThat(Arrays.toString(relevant)).contains("true", "false");
        return relevant;
    }
}
