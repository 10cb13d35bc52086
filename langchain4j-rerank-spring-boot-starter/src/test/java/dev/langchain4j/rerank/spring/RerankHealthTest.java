package dev.langchain4j.rerank.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.rag.content.Content;
import dev.langchain4j.rag.query.Query;
import dev.langchain4j.rerank.RerankingContentAggregator;
import dev.langchain4j.rerank.spring.RerankHealth.State;
import dev.langchain4j.rerank.testkit.FakeScoringModel;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class RerankHealthTest {

    private final SettableClock clock = new SettableClock();
    private final FakeScoringModel model = new FakeScoringModel();
    private final RecentRankings rankings = new RecentRankings(clock);
    private final RerankingContentAggregator aggregator =
            RerankingContentAggregator.builder(model).listener(rankings).build();
    private final StaticListableBeanFactory beans = new StaticListableBeanFactory();

    @Test
    void is_unknown_where_nothing_reranks() {
        RerankHealth health = health(Map.of());
        assertThat(health.state()).isEqualTo(State.UNKNOWN);
        assertThat(health.details()).containsExactly(Map.entry("aggregator", "none"));
    }

    @Test
    void is_down_for_a_minute_after_three_failures_so_that_an_idle_instance_comes_back() {
        beans.addBean("aggregator", aggregator);
        RerankHealth health = health(Map.of());
        model.fail(new IllegalStateException());
        rerank(2);
        assertThat(health.state()).isEqualTo(State.UP);
        rerank(1);
        assertThat(health.state()).isEqualTo(State.DOWN);
        // when
        clock.now = clock.now.plus(Duration.ofSeconds(59));
        assertThat(health.state()).isEqualTo(State.DOWN);
        clock.now = clock.now.plus(Duration.ofSeconds(1));
        // then
        assertThat(health.state()).isEqualTo(State.UP);
        assertThat(health.details()).containsEntry("degraded", true).containsEntry("failuresInARow", 3);
    }

    @Test
    void never_goes_down_where_callers_get_the_retrieval_order() {
        beans.addBean("aggregator", aggregator);
        RerankHealth health = health(Map.of("langchain4j.rerank.aggregator.on-failure", "keep-retrieval-order"));
        model.fail(new IllegalStateException());
        rerank(10);
        assertThat(health.state()).isEqualTo(State.UP);
        assertThat(health.details()).containsEntry("degraded", true);
    }

    @Test
    void does_not_count_what_callers_get_wrong() {
        beans.addBean("aggregator", aggregator);
        RerankHealth health = health(Map.of());
        model.fail(new IllegalArgumentException());
        rerank(3);
        assertThat(health.details()).containsEntry("failuresInARow", 0).doesNotContainKey("lastFailure");
    }

    @Test
    void tells_when_it_went_well_and_when_not_and_why() {
        beans.addBean("aggregator", aggregator);
        RerankHealth health = health(Map.of());
        rerank(1);
        clock.now = clock.now.plusSeconds(1);
        model.fail(new IllegalStateException("about a passage"));
        rerank(1);
        assertThat(health.details())
                .containsEntry("lastSuccess", "2026-01-01T00:00:00Z")
                .containsEntry("lastFailure", "2026-01-01T00:00:01Z")
                .containsEntry("lastFailureType", "java.lang.IllegalStateException")
                .containsEntry("answeredBy", "scored");
    }

    private RerankHealth health(Map<String, String> properties) {
        return new RerankHealth(
                new Binder(new MapConfigurationPropertySource(properties))
                        .bindOrCreate(RerankProperties.PREFIX, RerankProperties.class),
                beans.getBeanProvider(RerankModels.class),
                beans.getBeanProvider(RerankingContentAggregator.class),
                rankings,
                clock);
    }

    private void rerank(int times) {
        for (int i = 0; i < times; i++) {
            try {
                aggregator.aggregate(Map.of(Query.from("query"), List.of(List.of(Content.from("passage")))));
            } catch (IllegalStateException | IllegalArgumentException asTheModelWasTold) {
                assertThat(asTheModelWasTold).isNotNull();
            }
        }
    }

    private static final class SettableClock extends Clock {

        Instant now = Instant.parse("2026-01-01T00:00:00Z");

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException("instants only");
        }
    }
}
