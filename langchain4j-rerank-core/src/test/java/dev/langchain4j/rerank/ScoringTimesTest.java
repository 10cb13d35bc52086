package dev.langchain4j.rerank;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ScoringTimesTest {

    private final ScoringTimes times = new ScoringTimes(Duration.ofMillis(3), Duration.ZERO, Duration.ofMillis(40));

    @Test
    void sum_to_the_call() {
        assertThat(times.total()).isEqualTo(Duration.ofMillis(3 + 40));
    }

    @Test
    void add_up_part_by_part() {
        ScoringTimes other = new ScoringTimes(Duration.ofMillis(1), Duration.ofMillis(2), Duration.ofMillis(4));

        assertThat(ScoringTimes.sum(times, other))
                .isEqualTo(new ScoringTimes(Duration.ofMillis(3 + 1), Duration.ofMillis(2), Duration.ofMillis(40 + 4)));
    }

    @Test
    void are_those_of_the_other_call_where_one_told_none() {
        assertThat(ScoringTimes.sum(times, null)).isEqualTo(times);
        assertThat(ScoringTimes.sum(null, times)).isEqualTo(times);
        assertThat(ScoringTimes.sum(null, null)).isNull();
    }

    @Test
    void are_never_negative() {
        Duration negative = Duration.ofNanos(-1);

        assertThatThrownBy(() -> new ScoringTimes(negative, Duration.ZERO, Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("waiting must not be negative, got PT-0.000000001S");
        assertThatThrownBy(() -> new ScoringTimes(Duration.ZERO, negative, Duration.ZERO))
                .hasMessage("tokenizing must not be negative, got PT-0.000000001S");
        assertThatThrownBy(() -> new ScoringTimes(Duration.ZERO, Duration.ZERO, negative))
                .hasMessage("inference must not be negative, got PT-0.000000001S");
    }
}
