package dev.langchain4j.rerank;

import static dev.langchain4j.rerank.TestContents.QUERY;
import static dev.langchain4j.rerank.TestContents.contents;
import static dev.langchain4j.rerank.TestContents.found;
import static dev.langchain4j.rerank.TestContents.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.output.Response;
import dev.langchain4j.model.scoring.ScoringModel;
import dev.langchain4j.model.scoring.request.DefaultScoringRequestParameters;
import dev.langchain4j.model.scoring.request.ScoringRequestParameters;
import dev.langchain4j.rag.content.Content;
import dev.langchain4j.rag.query.Query;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RerankListenerTest {

    private final FakeTimer timer = new FakeTimer();
    private final Recording listener = new Recording();
    private final ByteArrayOutputStream log = new ByteArrayOutputStream();
    private final PrintStream err = System.err;

    private final ScoringModel model = (segments, query) -> {
        timer.advance(Duration.ofMillis(7));
        return Response.from(segments.stream()
                .map(segment -> TestContents.numberIn(segment.text()))
                .toList());
    };

    private final IllegalStateException broken = new IllegalStateException("holds a document");

    private final ScoringModel breaking = (segments, query) -> {
        timer.advance(Duration.ofMillis(7));
        throw broken;
    };

    @BeforeEach
    void read_the_log() {
        System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void restore_the_log() {
        System.setErr(err);
    }

    @Test
    void hears_of_a_request_and_its_ranking() {
        Query other = Query.from("another query");

        Ranking ranking = builder(model)
                .topK(1)
                .maxCandidates(2)
                .build()
                .rank(Map.of(QUERY, List.of(contents("a 1", "b 2", "c 3")), other, List.of(contents("a 1"))));

        RerankRequestContext request = listener.requests.get(0);
        assertThat(request.query()).isEqualTo(other);
        assertThat(request.queries()).containsExactly(other, QUERY);
        assertThat(texts(request.candidates())).containsExactly("a 1", "b 2");
        assertThat(request.topK()).isEqualTo(1);
        assertThat(request.modelName()).isNull();
        RerankResponseContext response = listener.responses.get(0);
        assertThat(response.request()).isSameAs(request);
        assertThat(response.ranking()).isSameAs(ranking);
        assertThat(response.duration()).isEqualTo(Duration.ofMillis(14));
        assertThat(response.attributes()).containsEntry("note", "from the request");
        assertThat(listener.errors).isEmpty();
    }

    @Test
    void hears_of_the_selected_query() {
        Query selected = Query.from("selected");

        builder(model).querySelector(queries -> selected).build().rank(found(contents("a 1")));

        assertThat(listener.requests.get(0).query()).isEqualTo(selected);
    }

    @Test
    void hears_what_the_model_calls_itself() {
        ScoringModel named = new ScoringModel() {

            @Override
            public Response<List<Double>> scoreAll(List<TextSegment> segments, String query) {
                return model.scoreAll(segments, query);
            }

            @Override
            public ScoringRequestParameters defaultRequestParameters() {
                return DefaultScoringRequestParameters.builder()
                        .modelName("rerank-v3.5")
                        .build();
            }
        };

        builder(named).build().rank(found(contents("a 1")));

        assertThat(listener.requests.get(0).modelName()).isEqualTo("rerank-v3.5");
    }

    @Test
    void hears_of_an_error() {
        assertThat(catchThrowable(() -> builder(breaking).build().rank(found(contents("a")))))
                .isSameAs(broken);

        RerankErrorContext error = listener.errors.get(0);
        assertThat(error.error()).isSameAs(broken);
        assertThat(error.request()).isSameAs(listener.requests.get(0));
        assertThat(error.duration()).isEqualTo(Duration.ofMillis(7));
        assertThat(error.attributes()).containsEntry("note", "from the request");
        assertThat(listener.responses).isEmpty();
    }

    @Test
    void hears_of_a_degraded_ranking_as_a_response() {
        builder(breaking).onFailure(FailurePolicy.KEEP_RETRIEVAL_ORDER).build().rank(found(contents("a")));

        assertThat(listener.errors).isEmpty();
        assertThat(listener.responses.get(0).ranking().degradedBy()).isSameAs(broken);
    }

    @Test
    void hears_of_a_cancellation_as_an_error() {
        CompletableFuture<Ranking> ranking =
                builder(new NeverAnswering()).build().rankAsync(found(contents("a")));

        ranking.cancel(true);

        assertThat(listener.errors).hasSize(1);
        assertThat(listener.errors.get(0).error()).isInstanceOf(CancellationException.class);
        assertThat(listener.responses).isEmpty();
    }

    @Test
    void hears_of_a_selection_step_that_fails_as_an_error() {
        assertThat(catchThrowable(() -> builder(model)
                        .selection(selection -> {
                            throw broken;
                        })
                        .build()
                        .rank(found(contents("a 1")))))
                .isSameAs(broken);
        assertThat(listener.errors).hasSize(1);
        assertThat(listener.responses).isEmpty();
    }

    @Test
    void hears_nothing_where_there_is_nothing_to_rank() {
        builder(model).build().rank(found(List.of()));

        assertThat(listener.requests).isEmpty();
        assertThat(listener.responses).isEmpty();
    }

    @Test
    void that_throws_harms_nobody_and_is_logged() {
        RerankListener throwing = new RerankListener() {

            @Override
            public void onRequest(RerankRequestContext context) {
                throw new IllegalStateException("in the way");
            }

            @Override
            public void onResponse(RerankResponseContext context) {
                throw new IllegalStateException("in the way");
            }
        };

        List<Content> contents = RerankingContentAggregator.builder(model)
                .listener(throwing)
                .listener(listener)
                .build()
                .aggregate(found(contents("a 1")));

        assertThat(texts(contents)).containsExactly("a 1");
        assertThat(listener.requests).hasSize(1);
        assertThat(listener.responses).hasSize(1);
        assertThat(logged())
                .contains("RerankListenerTest$2 threw an exception, which is ignored")
                .contains("IllegalStateException: in the way");
    }

    @Test
    void a_warning_tells_of_degradation_once_a_minute_without_the_message_of_the_model() {
        RerankingContentAggregator aggregator =
                builder(breaking).onFailure(FailurePolicy.KEEP_RETRIEVAL_ORDER).build();

        aggregator.rank(found(contents("a secret text")));
        aggregator.rank(found(contents("a secret text")));
        aggregator.rank(found(contents("a secret text")));
        timer.advance(Duration.ofMinutes(1));
        aggregator.rank(found(contents("a secret text")));

        String warning =
                "reranking is degraded (java.lang.IllegalStateException): candidates without a score keep their retrieval order; ";
        assertThat(logged().lines())
                .hasSize(2)
                .allMatch(line -> line.contains("WARN"))
                .anyMatch(line -> line.contains(warning + "0 more such rankings since the last warning"))
                .anyMatch(line -> line.contains(warning + "2 more such rankings since the last warning"));
        assertThat(logged()).doesNotContain("holds a document").doesNotContain("secret");
    }

    @Test
    void nothing_is_logged_when_all_is_well() {
        builder(model).build().rank(found(contents("a 1")));

        assertThat(logged()).isEmpty();
    }

    private RerankingContentAggregator.Builder builder(ScoringModel scoringModel) {
        return RerankingContentAggregator.builder(scoringModel)
                .listener(listener)
                .timer(timer);
    }

    private String logged() {
        return log.toString(StandardCharsets.UTF_8);
    }

    private static final class Recording implements RerankListener {

        private final List<RerankRequestContext> requests = new ArrayList<>();
        private final List<RerankResponseContext> responses = new ArrayList<>();
        private final List<RerankErrorContext> errors = new ArrayList<>();

        @Override
        public void onRequest(RerankRequestContext context) {
            context.attributes().put("note", "from the request");
            requests.add(context);
        }

        @Override
        public void onResponse(RerankResponseContext context) {
            responses.add(context);
        }

        @Override
        public void onError(RerankErrorContext context) {
            errors.add(context);
        }
    }

    private static final class NeverAnswering implements ProgressiveScoringModel {

        @Override
        public Response<List<Double>> scoreAll(List<TextSegment> segments, String query) {
            throw new AssertionError("a sync call in an async chain");
        }

        @Override
        public CompletableFuture<Void> scoreEach(List<String> texts, String query, ScoreSink sink) {
            return new CompletableFuture<>();
        }
    }
}
