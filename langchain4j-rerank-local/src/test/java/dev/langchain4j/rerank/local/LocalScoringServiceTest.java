package dev.langchain4j.rerank.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.scoring.ScoringModel;
import dev.langchain4j.model.scoring.request.ScoringRequest;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A call that cannot even be planned, because the tokenizer fails on its query. */
class LocalScoringServiceTest {

    private final LocalModelException failure = new LocalModelException("the tokenizer failed");
    private final ScoringModel model = (segments, query) -> {
        throw new UnsupportedOperationException();
    };
    private final LocalScoringService service = new LocalScoringService(
            new ScoringStrategy() {

                @Override
                public ScoringPlan plan(String query, List<String> texts, Order order) {
                    throw failure;
                }

                @Override
                public void close() {}
            },
            new FairWorkers(1, 1));

    @AfterEach
    void close() {
        service.close();
    }

    @Test
    void throws_the_failure_from_a_blocking_call() {
        assertThatThrownBy(() -> service.scoreAll(model, List.of(TextSegment.from("text")), "query"))
                .isSameAs(failure);
    }

    @Test
    void fails_the_future_of_an_async_call() {
        ScoringRequest request = ScoringRequest.builder()
                .documents(List.of("text"))
                .query("query")
                .build();

        assertThat(service.scoreAsync(model, request))
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .withCause(failure);
        assertThat(service.scoreEach(model, List.of("text"), "query", (index, score) -> {}))
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .withCause(failure);
    }
}
