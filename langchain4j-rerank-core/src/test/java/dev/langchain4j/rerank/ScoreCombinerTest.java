package dev.langchain4j.rerank;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ScoreCombinerTest {

    @Test
    void rerank_only_ignores_the_retrieval_score() {
        assertThat(ScoreCombiner.rerankOnly().combine(0.2, 0.9)).isEqualTo(0.2);
    }

    @Test
    void weighted_is_the_weighted_mean() {
        assertThat(ScoreCombiner.weighted(0.7).combine(0.2, 0.9)).isEqualTo(0.7 * 0.2 + (1 - 0.7) * 0.9);
    }

    @Test
    void weighted_leaves_a_score_alone_that_has_no_partner() {
        assertThat(ScoreCombiner.weighted(0.7).combine(0.2, null)).isEqualTo(0.2);
    }

    @Test
    void refuses_a_weight_out_of_range() {
        assertThatThrownBy(() -> ScoreCombiner.weighted(1.1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("rerankWeight must be from 0.0 to 1.0, got 1.1");
    }
}
