package dev.langchain4j.rerank.observability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.model.output.Response;
import dev.langchain4j.model.scoring.ScoringModel;
import dev.langchain4j.rag.content.Content;
import dev.langchain4j.rag.query.Query;
import dev.langchain4j.rerank.FailurePolicy;
import dev.langchain4j.rerank.RerankMetadata;
import dev.langchain4j.rerank.RerankingContentAggregator;
import dev.langchain4j.rerank.ScoreDetail;
import dev.langchain4j.rerank.ScoringTimes;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class MicrometerRerankListenerTest {

    private static final Map<Query, Collection<List<Content>>> FOUND =
            Map.of(Query.from("a secret query"), List.of(List.of(Content.from("a secret text"), Content.from("b"))));

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final MicrometerRerankListener listener =
            MicrometerRerankListener.builder(registry).providerName("cohere").build();

    private final ScoringModel breaking = (segments, query) -> {
        throw new IllegalStateException("a secret text");
    };

    @Test
    void meters_durations_and_candidates() {
        ScoringModel model = (segments, query) -> Response.from(List.of(1.0, 2.0));

        RerankingContentAggregator.builder(model).listener(listener).build().rank(FOUND);

        assertThat(registry.get("gen_ai.client.operation.duration")
                        .tags(
                                "gen_ai.operation.name", "rerank",
                                "gen_ai.provider.name", "cohere",
                                "gen_ai.request.model", "none",
                                "error.type", "none",
                                "langchain4j.rerank.degraded", "false")
                        .timer()
                        .count())
                .isEqualTo(1);
        assertThat(registry.get("gen_ai.rerank.candidate.count").summary().totalAmount())
                .isEqualTo(2);
    }

    @Test
    void tells_errors_and_degraded_rankings_apart() {
        assertThatThrownBy(() -> RerankingContentAggregator.builder(breaking)
                        .listener(listener)
                        .build()
                        .rank(FOUND))
                .isInstanceOf(IllegalStateException.class);
        RerankingContentAggregator.builder(breaking)
                .listener(listener)
                .onFailure(FailurePolicy.KEEP_RETRIEVAL_ORDER)
                .build()
                .rank(FOUND);

        assertThat(registry.get("gen_ai.client.operation.duration")
                        .tag("error.type", "java.lang.IllegalStateException")
                        .tag("langchain4j.rerank.degraded", "false")
                        .timer()
                        .count())
                .isEqualTo(1);
        assertThat(registry.get("gen_ai.client.operation.duration")
                        .tag("error.type", "none")
                        .tag("langchain4j.rerank.degraded", "true")
                        .timer()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void meters_where_the_time_of_scoring_went_if_the_model_tells_it() {
        ScoringTimes times = new ScoringTimes(Duration.ofMillis(3), Duration.ofMillis(1), Duration.ofMillis(40));
        ScoringModel timed = (segments, query) -> Response.from(
                List.of(1.0, 2.0),
                null,
                null,
                RerankMetadata.builder()
                        .scoreDetails(List.of(ScoreDetail.ofScored(), ScoreDetail.ofScored()))
                        .scoringTimes(times)
                        .build()
                        .toMap());

        RerankingContentAggregator.builder(timed).listener(listener).build().rank(FOUND);

        assertThat(part("waiting")).isEqualTo(3);
        assertThat(part("tokenizing")).isEqualTo(1);
        assertThat(part("inference")).isEqualTo(40);
    }

    private double part(String name) {
        return registry.get("langchain4j.rerank.scoring.duration")
                .tags(
                        "gen_ai.operation.name", "rerank",
                        "gen_ai.provider.name", "cohere",
                        "gen_ai.request.model", "none",
                        "langchain4j.rerank.part", name)
                .timer()
                .totalTime(TimeUnit.MILLISECONDS);
    }

    @Test
    void makes_no_tag_of_a_text() {
        RerankingContentAggregator.builder(breaking)
                .listener(listener)
                .onFailure(FailurePolicy.KEEP_RETRIEVAL_ORDER)
                .build()
                .rank(FOUND);

        assertThat(registry.getMeters())
                .extracting(Meter::getId)
                .flatExtracting(Meter.Id::getTags)
                .extracting(Tag::getValue)
                .noneMatch(value -> value.contains("secret"));
    }
}
