package dev.langchain4j.rerank.examples.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.langchain4j.rerank.ScoringTimes;
import dev.langchain4j.rerank.examples.web.Stages.Stage;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class StagesTest {

    private final Stages stages = new Stages();

    @Test
    void reranking_is_one_stage_if_the_model_does_not_tell_its_times() {
        // when
        stages.reranked(Duration.ofMillis(80), null);
        // then
        assertThat(stages.stages())
                .extracting(Stage::name)
                .containsExactly("embed", "search", "rerank", "first token", "answer", "other");
        assertThat(stages.stages()).contains(new Stage("rerank", 80));
    }

    @Test
    void reranking_is_split_by_the_times_of_the_model_and_the_rest_is_shown() {
        // when
        stages.reranked(
                Duration.ofMillis(80),
                new ScoringTimes(Duration.ofMillis(5), Duration.ofMillis(10), Duration.ofMillis(60)));
        // then
        assertThat(stages.stages())
                .filteredOn(stage -> stage.name().startsWith("rerank"))
                .extracting(Stage::name, Stage::millis)
                .containsExactly(
                        tuple("rerank: waiting", 5.0),
                        tuple("rerank: tokenizing", 10.0),
                        tuple("rerank: inference", 60.0),
                        tuple("rerank: other", 80.0 - 5 - 10 - 60));
    }

    @Test
    void no_stage_is_negative_where_the_model_tells_more_than_the_clock() {
        // when
        stages.reranked(
                Duration.ofMillis(80), new ScoringTimes(Duration.ZERO, Duration.ofMillis(10), Duration.ofMillis(80)));
        // then
        assertThat(stages.stages()).extracting(Stage::millis).allMatch(millis -> millis >= 0);
    }
}
