package dev.langchain4j.rerank.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.langchain4j.rerank.ScoreScale;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AxisTest {

    @ParameterizedTest
    @CsvSource({
        "0, 10, 5, '0 2 4 6 8 10'",
        "0.358, 0.392, 5, '0.35 0.36 0.37 0.38 0.39 0.40'",
        "-11.2, 8.1, 4, '-15 -10 -5 0 5 10'",
        "0, 50, 5, '0 10 20 30 40 50'",
        "3, 3, 5, '3.0 3.2 3.4 3.6 3.8 4.0'",
        "0, 0, 5, '0.0 0.2 0.4 0.6 0.8 1.0'",
        "0.1, 0.3, 2, '0.1 0.2 0.3'",
    })
    void ticks_are_round_numbers_that_enclose_the_range(double low, double high, int about, String expected) {
        // when
        Axis axis = new Axis("any", Ticks.linear(low, high, about), false);

        // then
        assertThat(String.join(
                        " ", axis.ticks().values().stream().map(axis::text).toList()))
                .isEqualTo(expected.replace('-', '−'));
    }

    @Test
    void a_logarithmic_axis_has_powers_of_ten_and_over_a_short_range_two_and_five_times_them() {
        assertThat(Ticks.logarithmic(3, 80).values()).containsExactly(1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0);
        assertThat(Ticks.logarithmic(1, 9_000).values()).containsExactly(1.0, 10.0, 100.0, 1_000.0, 10_000.0);
    }

    @Test
    void positions_are_proportional_or_by_factors() {
        assertThat(new Axis("linear", Ticks.linear(0, 100, 5), false).position(25))
                .isCloseTo(0.25, within(1e-12));
        assertThat(new Axis("log", Ticks.logarithmic(1, 100), true).position(10))
                .isCloseTo(0.5, within(1e-12));
    }

    @Test
    void scores_get_the_axis_of_their_scale() {
        assertThat(ScoreAxis.of(List.of(-11.2, 8.1), ScoreScale.LOGIT))
                .isEqualTo(new ScoreAxis(-15, 10, 0, "logit, from −15 to 10; the line marks 0"));
        assertThat(ScoreAxis.of(List.of(0.2, 0.4), ScoreScale.PROBABILITY))
                .isEqualTo(new ScoreAxis(0, 1, 0, "probability, from 0 to 1"));
        assertThat(ScoreAxis.of(List.of(3.0, 7.0), ScoreScale.RELATIVE))
                .isEqualTo(new ScoreAxis(3, 7, 3, "relative: only the order is meaningful"));
    }

    @Test
    void scores_of_an_unknown_scale_get_the_unit_axis_if_they_fit() {
        assertThat(ScoreAxis.of(List.of(0.2, 1.0), null)).isEqualTo(new ScoreAxis(0, 1, 0, "score, from 0 to 1"));
        assertThat(ScoreAxis.of(List.of(0.2, 1.9), null).label()).isEqualTo("score, from 0 to 2");
        assertThat(ScoreAxis.of(List.of(-0.2, 0.9), null).crossesZero()).isTrue();
    }

    @Test
    void scores_that_are_all_negative_or_missing_still_have_an_axis() {
        assertThat(ScoreAxis.of(List.of(-8.0, -2.0), ScoreScale.LOGIT))
                .isEqualTo(new ScoreAxis(-8, 0, 0, "logit, from −8 to 0"));
        assertThat(ScoreAxis.of(List.of(), ScoreScale.LOGIT).position(0)).isZero();
        assertThat(ScoreAxis.of(List.of(2.0, 2.0), ScoreScale.RELATIVE).position(0))
                .isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "20, 7.15678, 7.16",
        "8, -0.19004, −0.190",
        "1, 0.99876, 0.999",
        "0.02, 0.016393, 0.01639",
        "4000, 123.4, 123"
    })
    void scores_have_the_decimals_that_tell_them_apart(double high, double score, String expected) {
        assertThat(new ScoreAxis(0, high, 0, "any").format(score)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "-1.23456, −1.235", "0.5, 0.5", "1.0E-7, 1.000E−7", "123456, 1.235E+5"})
    void other_scores_have_four_significant_digits_at_most(double score, String expected) {
        assertThat(Numbers.score(score)).isEqualTo(expected);
    }
}
