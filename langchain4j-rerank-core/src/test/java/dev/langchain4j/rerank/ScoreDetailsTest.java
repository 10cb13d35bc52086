package dev.langchain4j.rerank;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.model.output.Response;
import dev.langchain4j.model.output.TokenUsage;
import dev.langchain4j.model.scoring.response.ScoringResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScoreDetailsTest {

    private static final List<ScoreDetail> DETAILS =
            List.of(new ScoreDetail(true, "costly", new TextWindow(3, 9), true), ScoreDetail.ofScored());
    private static final ScoringTimes TIMES =
            new ScoringTimes(Duration.ofMillis(3), Duration.ofMillis(1), Duration.ofMillis(40));

    @Test
    void travel_in_a_response() {
        Response<List<Double>> response = new Response<>(
                List.of(0.1, 0.2),
                null,
                null,
                RerankMetadata.builder().scoreDetails(DETAILS).build().toMap());

        assertThat(ScoreDetails.of(response)).isEqualTo(DETAILS);
    }

    @Test
    void travel_in_an_async_response_beside_model_and_usage() {
        ScoringResponse response = ScoringResponse.builder()
                .scores(List.of(0.1, 0.2))
                .metadata(RerankMetadata.builder()
                        .scoreDetails(DETAILS)
                        .modelName("model")
                        .tokenUsage(new TokenUsage(7))
                        .build())
                .build();

        assertThat(ScoreDetails.of(response)).isEqualTo(DETAILS);
        assertThat(response.modelName()).isEqualTo("model");
        assertThat(response.tokenUsage()).isEqualTo(new TokenUsage(7));
    }

    @Test
    void are_none_where_a_model_tells_none() {
        assertThat(ScoreDetails.of(Response.from(List.of(0.1)))).isEmpty();
        assertThat(ScoreDetails.of(
                        ScoringResponse.builder().scores(List.of(0.1)).build()))
                .isEmpty();
    }

    @Test
    void take_the_times_of_the_call_along() {
        Response<List<Double>> response = new Response<>(
                List.of(0.1, 0.2),
                null,
                null,
                RerankMetadata.builder()
                        .scoreDetails(DETAILS)
                        .scoringTimes(TIMES)
                        .build()
                        .toMap());
        ScoringResponse asyncResponse = ScoringResponse.builder()
                .scores(List.of(0.1, 0.2))
                .metadata(RerankMetadata.builder()
                        .scoreDetails(DETAILS)
                        .scoringTimes(TIMES)
                        .modelName("model")
                        .build())
                .build();

        assertThat(ScoringTimes.of(response)).isEqualTo(TIMES);
        assertThat(ScoreDetails.of(response)).isEqualTo(DETAILS);
        assertThat(ScoringTimes.of(asyncResponse)).isEqualTo(TIMES);
        assertThat(ScoreDetails.of(asyncResponse)).isEqualTo(DETAILS);
    }

    @Test
    void have_no_times_where_a_model_tells_none() {
        assertThat(ScoringTimes.of(new Response<>(
                        List.of(0.1),
                        null,
                        null,
                        RerankMetadata.builder().scoreDetails(DETAILS).build().toMap())))
                .isNull();
        assertThat(ScoringTimes.of(ScoringResponse.builder()
                        .scores(List.of(0.1, 0.2))
                        .metadata(RerankMetadata.builder()
                                .scoreDetails(DETAILS)
                                .modelName("model")
                                .build())
                        .build()))
                .isNull();
        assertThat(ScoringTimes.of(
                        ScoringResponse.builder().scores(List.of(0.1)).build()))
                .isNull();
    }

    @Test
    void compare_by_what_they_say() {
        assertThat(RerankMetadata.builder()
                        .scoreDetails(DETAILS)
                        .modelName("model")
                        .build())
                .isEqualTo(RerankMetadata.builder()
                        .scoreDetails(DETAILS)
                        .modelName("model")
                        .build())
                .hasSameHashCodeAs(RerankMetadata.builder()
                        .scoreDetails(DETAILS)
                        .modelName("model")
                        .build())
                .isNotEqualTo(RerankMetadata.builder()
                        .scoreDetails(DETAILS)
                        .modelName("another")
                        .build())
                .isNotEqualTo(RerankMetadata.builder()
                        .scoreDetails(DETAILS)
                        .scoringTimes(TIMES)
                        .modelName("model")
                        .build())
                .isNotEqualTo(RerankMetadata.builder()
                        .scoreDetails(List.of(ScoreDetail.ofScored()))
                        .modelName("model")
                        .build());
    }

    @Test
    void name_the_part_of_a_text_by_its_ends() {
        assertThatThrownBy(() -> new TextWindow(3, 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a text window needs 0 <= start <= end, got start 3 and end 2");
        assertThatThrownBy(() -> new TextWindow(-1, 2))
                .hasMessage("a text window needs 0 <= start <= end, got start -1 and end 2");
    }
}
