package dev.langchain4j.rerank.api;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.exception.InternalServerException;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.exception.RateLimitException;
import dev.langchain4j.exception.TimeoutException;
import dev.langchain4j.model.output.Response;
import dev.langchain4j.model.output.TokenUsage;
import dev.langchain4j.model.scoring.request.ScoringRequest;
import dev.langchain4j.model.scoring.request.ScoringRequestParameters;
import dev.langchain4j.model.scoring.response.ScoringResponse;
import dev.langchain4j.rerank.RerankMetadata;
import dev.langchain4j.rerank.ScoreScale;
import dev.langchain4j.rerank.api.protocol.RerankProtocol;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import mockwebserver3.MockResponse;
import mockwebserver3.SocketEffect;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** From the first call to the last: concurrency, cancellation, interruption, deadlines, closing. */
@Timeout(60)
class ApiScoringModelLifeTest {

    private static final MockResponse SILENCE = new MockResponse.Builder()
            .onResponseStart(SocketEffect.Stall.INSTANCE)
            .build();

    private final StubService service = new StubService();

    @AfterEach
    void stop_service() {
        service.close();
    }

    @Test
    void tells_the_scores_of_each_request_when_it_is_answered() throws Exception {
        CountDownLatch firstTold = new CountDownLatch(2);
        service.failing(request -> {
            await(request == 1 ? new CountDownLatch(0) : firstTold);
            return null;
        });
        Map<Integer, Double> told = new ConcurrentHashMap<>();
        try (ApiScoringModel model = service.model()
                .maxDocumentsPerRequest(2)
                .maxConcurrentRequests(1)
                .build()) {

            model.scoreEach(List.of("a", "b", "c", "d"), "a query", (index, score) -> {
                        told.put(index, score);
                        firstTold.countDown();
                    })
                    .get(30, SECONDS);
        }

        assertThat(told)
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        0, StubService.score("a"),
                        1, StubService.score("b"),
                        2, StubService.score("c"),
                        3, StubService.score("d")));
    }

    @Test
    void has_no_more_requests_under_way_than_allowed() {
        AtomicInteger underWay = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch three = new CountDownLatch(3);
        service.failing(request -> {
            most.accumulateAndGet(underWay.incrementAndGet(), Math::max);
            three.countDown();
            await(three);
            underWay.decrementAndGet();
            return null;
        });
        try (ApiScoringModel model = service.model()
                .maxDocumentsPerRequest(1)
                .maxConcurrentRequests(3)
                .build()) {
            model.scoreAll(segments(30), "a query");
        }

        assertThat(most).hasValue(3);
    }

    @Test
    void stops_at_the_first_request_that_fails_for_good() {
        service.failing(request -> StubService.status(400));
        try (ApiScoringModel model = service.model()
                .maxDocumentsPerRequest(1)
                .maxConcurrentRequests(1)
                .build()) {
            assertThat(catchThrowable(() -> model.scoreAll(segments(30), "a query")))
                    .isInstanceOf(InvalidRequestException.class);
        }

        assertThat(service.requests()).isEqualTo(1);
    }

    @Test
    void cancels_a_request_that_waits_to_be_sent_again() throws Exception {
        CountDownLatch refused = new CountDownLatch(1);
        service.failing(request -> {
            refused.countDown();
            return StubService.status(503, "Retry-After", "50");
        });
        try (ApiScoringModel model = service.model().clocks(Clocks.SYSTEM).build()) {
            CompletableFuture<ScoringResponse> future = model.scoreAsync(request(List.of("a")));
            await(refused);

            future.cancel(true);

            assertThat(future).isCancelled();
        } // close() waits for calls under way: it would run into the timeout of this class

        assertThat(service.requests()).isEqualTo(1);
    }

    @Test
    void an_interrupt_ends_a_call_and_stays_set() throws Exception {
        CountDownLatch reached = new CountDownLatch(1);
        service.failing(request -> {
            reached.countDown();
            return SILENCE;
        });
        try (ApiScoringModel model = service.model().build()) {
            CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
            CompletableFuture<Throwable> thrown = new CompletableFuture<>();
            Thread caller = new Thread(() -> {
                thrown.complete(catchThrowable(() -> model.score("a document", "a query")));
                interrupted.complete(Thread.currentThread().isInterrupted());
            });
            caller.start();
            await(reached);

            caller.interrupt();

            assertThat(thrown.get(30, SECONDS))
                    .isExactlyInstanceOf(CancellationException.class)
                    .hasMessage("interrupted while scoring 1 texts")
                    .hasCauseInstanceOf(InterruptedException.class);
            assertThat(interrupted.get(30, SECONDS)).isTrue();
        }
    }

    @Test
    void ends_at_the_deadline_even_in_the_queue_of_a_lent_client() {
        OkHttpClient lent = new OkHttpClient();
        lent.dispatcher().setMaxRequests(1);
        service.failing(request -> SILENCE);
        try (ApiScoringModel model = service.model()
                .okHttpClient(lent)
                .maxDocumentsPerRequest(1)
                .timeout(Duration.ofSeconds(20))
                .deadline(Duration.ofMillis(300))
                .clocks(Clocks.SYSTEM)
                .build()) {
            long start = System.nanoTime();

            assertThatExceptionOfType(TimeoutException.class).isThrownBy(() -> model.scoreAll(segments(3), "a query"));

            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
        }
        lent.dispatcher().executorService().shutdown();
    }

    @Test
    void an_attempt_takes_no_longer_than_the_deadline_leaves() {
        VirtualTime time = new VirtualTime();
        service.failing(request -> {
            time.pass(Duration.ofSeconds(100));
            return StubService.status(500);
        });
        try (ApiScoringModel model =
                service.model().clocks(time).deadline(Duration.ofSeconds(150)).build()) {
            assertThat(catchThrowable(() -> model.score("a document", "a query")))
                    .isExactlyInstanceOf(InternalServerException.class)
                    .hasMessageContaining("attempt 2 of 3");
        }

        assertThat(time.waits()).containsExactly(Duration.ofSeconds(1));
    }

    @Test
    void leaves_a_lent_client_open_and_lets_others_use_it() {
        OkHttpClient lent = new OkHttpClient();

        service.model().okHttpClient(lent).build().close();

        assertThat(lent.dispatcher().executorService().isShutdown()).isFalse();
        try (ApiScoringModel other = service.model().okHttpClient(lent).build()) {
            assertThat(other.score("a document", "a query").content()).isEqualTo(StubService.score("a document"));
        }
        lent.dispatcher().executorService().shutdown();
    }

    @Test
    void closing_waits_for_calls_under_way() throws Exception {
        CountDownLatch reached = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        service.failing(request -> {
            reached.countDown();
            await(answer);
            return null;
        });
        ApiScoringModel model = service.model().build();
        CompletableFuture<ScoringResponse> future = model.scoreAsync(request(List.of("a")));
        await(reached);
        CompletableFuture<Void> closed = CompletableFuture.runAsync(model::close);
        assertThat(closed).isNotDone();

        answer.countDown();

        closed.get(30, SECONDS);
        assertThat(future.get(30, SECONDS).scores()).containsExactly(StubService.score("a"));
    }

    @Test
    void waits_for_its_turn_under_a_limit_of_its_own() {
        VirtualTime time = new VirtualTime();
        try (ApiScoringModel model = service.model()
                .clocks(time)
                .maxRequestsPerMinute(2)
                .maxConcurrentRequests(1)
                .maxDocumentsPerRequest(1)
                .build()) {
            model.scoreAll(segments(3), "a query");
        }

        assertThat(time.waits())
                .singleElement()
                .satisfies(wait -> assertThat(wait).isBetween(Duration.ofSeconds(40), Duration.ofMinutes(1)));
        assertThat(service.requests()).isEqualTo(3);
    }

    @Test
    void sends_nothing_that_its_own_limit_would_hold_past_the_deadline() {
        try (ApiScoringModel model = service.model()
                .maxDocumentsPerMinute(10)
                .deadline(Duration.ofSeconds(30))
                .build()) {
            model.scoreAll(segments(10), "a query");

            assertThatExceptionOfType(RateLimitException.class)
                    .isThrownBy(() -> model.scoreAll(segments(10), "a query"))
                    .withMessage("not sent: the requests or documents a minute that this model may send leave no room"
                            + " before the deadline");
        }

        assertThat(service.requests()).isEqualTo(1);
    }

    @Test
    void adds_up_what_the_requests_of_a_call_cost() throws Exception {
        try (ApiScoringModel model = service.model().maxDocumentsPerRequest(1).build()) {
            Response<List<Double>> response = model.scoreAll(segments(3), "a query");
            ScoringResponse async = model.scoreAsync(request(List.of("a", "b"))).get(30, SECONDS);

            assertThat(RerankMetadata.of(response).billedUnits()).containsExactly(Map.entry("search_units", 3.0));
            assertThat(response.tokenUsage()).isNull();
            assertThat(RerankMetadata.of(async).billedUnits()).containsExactly(Map.entry("search_units", 2.0));
            assertThat(async.tokenUsage()).isNull();
            assertThat(async.modelName()).isEqualTo("rerank-v4.0-pro");
        }
    }

    @Test
    void counts_tokens_where_the_service_does() {
        service.failing(request -> StubService.json(
                "{\"data\": [{\"index\": 0, \"relevance_score\": 0.5}], \"usage\": {\"total_tokens\": 57}}"));
        try (ApiScoringModel model = ApiScoringModel.voyage()
                .apiKey("key")
                .baseUrl(service.server().url("/").toString())
                .maxDocumentsPerRequest(1)
                .build()) {
            assertThat(model.scoreAll(segments(2), "a query").tokenUsage()).isEqualTo(new TokenUsage(2 * 57));
        }
    }

    @Test
    void scores_blank_documents_lowest_if_told_to() throws Exception {
        try (ApiScoringModel model =
                service.model().blankDocuments(BlankDocuments.SCORE_LOWEST).build()) {
            assertThat(model.scoreAsync(request(List.of(" ", "a", "\t")))
                            .get(30, SECONDS)
                            .scores())
                    .containsExactly(0.0, StubService.score("a"), 0.0);
        }

        assertThat(service.documents()).containsExactly(List.of("a"));
    }

    @Test
    void repairs_half_a_surrogate_pair() {
        try (ApiScoringModel model = service.model().build()) {
            model.scoreAll(
                    List.of(
                            TextSegment.from("half \uD83C left"),
                            TextSegment.from("\uDFDE"),
                            TextSegment.from("\uD83C\uDFDE")),
                    "query \uD83C");
        }

        assertThat(service.documents()).containsExactly(List.of("half \uFFFD left", "\uFFFD", "\uD83C\uDFDE"));
    }

    @Test
    void refuses_to_score_with_another_model_than_its_own() throws Exception {
        ScoringRequest other = ScoringRequest.builder()
                .documents(List.of("a"))
                .query("a query")
                .parameters(ScoringRequestParameters.builder()
                        .modelName("rerank-v3.5")
                        .build())
                .build();
        try (ApiScoringModel model = service.model().build()) {
            assertThat(model.scoreAsync(other))
                    .failsWithin(Duration.ofSeconds(30))
                    .withThrowableThat()
                    .havingCause()
                    .isExactlyInstanceOf(IllegalArgumentException.class)
                    .withMessage("this model is rerank-v4.0-pro; for rerank-v3.5, build another one");
        }
    }

    @Test
    void a_protocol_that_throws_fails_the_call_and_hangs_nothing() {
        try (ApiScoringModel model = ApiScoringModel.builder(new Throwing())
                .baseUrl(service.server().url("/").toString())
                .maxDocumentsPerRequest(1)
                .maxConcurrentRequests(1)
                .build()) {
            assertThat(catchThrowable(() -> model.scoreAll(segments(3), "a query")))
                    .isExactlyInstanceOf(ArithmeticException.class);
        }
    }

    private static List<TextSegment> segments(int count) {
        List<TextSegment> segments = new ArrayList<>();
        IntStream.range(0, count).forEach(i -> segments.add(TextSegment.from("document " + i)));
        return segments;
    }

    private static ScoringRequest request(List<String> documents) {
        return ScoringRequest.builder().documents(documents).query("a query").build();
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Writes one request and no other. */
    private static final class Throwing implements RerankProtocol {

        private final AtomicInteger written = new AtomicInteger();

        @Override
        public String name() {
            return "Throwing";
        }

        @Override
        public String defaultUrl() {
            return "/rerank";
        }

        @Override
        public void writeRequest(ObjectNode body, Request request) {
            if (written.incrementAndGet() > 1) {
                throw new ArithmeticException();
            }
            request.documents().forEach(body.putArray("documents")::add);
        }

        @Override
        public List<Scored> readScores(JsonNode answer) {
            return Scored.list(answer.path("results"), "relevance_score");
        }

        @Override
        public ScoreScale scoreScale() {
            return ScoreScale.RELATIVE;
        }
    }
}
