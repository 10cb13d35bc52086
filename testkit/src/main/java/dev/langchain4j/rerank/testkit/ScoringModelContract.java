package dev.langchain4j.rerank.testkit;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.output.Response;
import dev.langchain4j.model.scoring.ScoringModel;
import dev.langchain4j.model.scoring.request.ScoringRequest;
import dev.langchain4j.model.scoring.response.ScoringResponse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What every scoring model of the project promises. To check a model, extend this class in its tests and implement
 * {@link #model()}; then override the hooks below. What a model can do is assumed unless a hook says otherwise, so that
 * a forgotten one fails instead of passing silently; only the hooks that need a view behind the model
 * ({@link #calls()}, {@link #modelAnswering}, {@link #heldModel()}) skip their tests where they are left out.
 */
public abstract class ScoringModelContract {

    /** Seconds until a test that waits gives up; nothing waits that long when the model is right. */
    private static final int PATIENCE = 60;

    private static final int THREADS = 8;

    /**
     * A model whose source (an inner model, a server, an engine) has got a call and does not answer it.
     *
     * @param model the model; not closed by the contract
     * @param reached completes when a call has reached the source
     * @param stopped completes when the source was told to stop
     */
    public record HeldModel(ScoringModel model, CompletableFuture<?> reached, CompletableFuture<?> stopped) {}

    private final List<ScoringModel> opened = new ArrayList<>();

    /** A new model for one test; the contract closes it if it is {@link AutoCloseable}. */
    protected abstract ScoringModel model() throws Exception;

    /** The query; not blank. */
    protected String query() {
        return "how do rivers carve valleys?";
    }

    /** At least three texts, no two equal. */
    protected List<String> texts() {
        return List.of(
                "Running water wears rock down and carries it away grain by grain.",
                "Bread rises because yeast gives off gas.",
                "A valley deepens where the stream is steep.\nIt widens where the banks slump.",
                "Les rivi\u00e8res \u00e9rodent la roche \u2014 \u6cb3\u6d41\u4fb5\u8755\u5ca9\u77f3 \ud83c\udfde\ufe0f",
                "river",
                "Glaciers carve valleys too, but leave them with a round floor.");
    }

    /** Whether a score depends on the other texts of the call. Default {@code false}. */
    protected boolean listwise() {
        return false;
    }

    /** Whether the model answers {@code scoreAsync}. Default {@code true}. */
    protected boolean supportsAsync() {
        return true;
    }

    /** How far apart two scores of the same pair may lie. Default 0: they are the same number. */
    protected double tolerance() {
        return 0;
    }

    /** How often the source behind {@link #model()} was asked up to now; empty if that cannot be seen. */
    protected OptionalLong calls() {
        return OptionalLong.empty();
    }

    /**
     * A new model whose source answers these scores instead of its own; empty if it cannot be made to. As many as
     * {@link #texts()}, or one more or less; some are NaN, infinite or null.
     */
    protected Optional<ScoringModel> modelAnswering(List<@Nullable Double> scores) throws Exception {
        return Optional.empty();
    }

    /** A new model whose source waits; empty if it cannot be made to. */
    protected Optional<HeldModel> heldModel() throws Exception {
        return Optional.empty();
    }

    /** Whether everything that closed models owned is gone: threads, connections, native memory. */
    protected boolean ownedIsReleased() {
        return true;
    }

    /** Whether everything that was lent to {@link #model()} is still open: inner models, clients, executors. */
    protected boolean borrowedIsOpen() {
        return true;
    }

    @AfterEach
    void close_models() throws Exception {
        for (ScoringModel model : opened) {
            if (model instanceof AutoCloseable closeable) {
                closeable.close();
            }
        }
    }

    @Test
    void gives_one_finite_score_a_segment() throws Exception {
        List<Double> scores = open().scoreAll(segments(texts()), query()).content();

        assertThat(scores).hasSameSizeAs(texts()).allMatch(score -> score != null && Double.isFinite(score));
    }

    @Test
    void gives_the_scores_in_the_order_of_the_segments() throws Exception {
        assumeFalse(listwise(), "a listwise model may score another order otherwise");
        ScoringModel model = open();
        List<String> reversed = reversed(texts());

        List<Double> scores = model.scoreAll(segments(reversed), query()).content();

        assertSame(reversed(scores), model.scoreAll(segments(texts()), query()).content());
    }

    @Test
    void scores_a_text_independently_of_its_companions() throws Exception {
        assumeFalse(listwise(), "the scores of a listwise model depend on each other");
        ScoringModel model = open();
        List<Double> together = model.scoreAll(segments(texts()), query()).content();

        List<Double> alone = new ArrayList<>();
        for (String text : texts()) {
            alone.add(model.score(text, query()).content());
        }

        assertSame(alone, together);
    }

    @Test
    void scores_a_text_that_comes_twice_twice() throws Exception {
        List<String> texts = Stream.concat(texts().stream(), texts().stream()).toList();

        List<Double> scores = open().scoreAll(segments(texts), query()).content();

        assertThat(scores).hasSameSizeAs(texts);
        if (!listwise()) {
            assertSame(scores.subList(0, texts().size()), scores.subList(texts().size(), texts.size()));
        }
    }

    @Test
    void answers_an_empty_list_without_a_call() throws Exception {
        ScoringModel model = open();

        assertThat(model.scoreAll(List.of(), query()).content()).isEmpty();
        if (supportsAsync()) {
            assertThat(scoreAsync(model, List.of()).scores()).isEmpty();
        }
        assertThat(calls().orElse(0)).as("calls").isZero();
    }

    @Test
    void scores_the_same_from_many_threads() throws Exception {
        ScoringModel model = open();
        List<TextSegment> segments = segments(texts());
        List<Double> expected = model.scoreAll(segments, query()).content();

        List<List<Double>> scores =
                fromManyThreads(() -> model.scoreAll(segments, query()).content());

        assertThat(scores).hasSize(THREADS).allSatisfy(actual -> assertSame(actual, expected));
    }

    @Test
    void scores_the_same_asynchronously() throws Exception {
        assumeTrue(supportsAsync(), "the model has no async");
        ScoringModel model = open();
        Response<List<Double>> expected = model.scoreAll(segments(texts()), query());

        ScoringResponse response = scoreAsync(model, texts());

        assertSame(response.scores(), expected.content());
    }

    @Test
    void cancelling_the_future_stops_the_work() throws Exception {
        assumeTrue(supportsAsync(), "the model has no async");
        Optional<HeldModel> held = heldModel();
        assumeTrue(held.isPresent(), "the source of the model cannot be made to wait");
        CompletableFuture<ScoringResponse> future = held.get().model().scoreAsync(request(texts(), query()));
        held.get().reached().get(PATIENCE, SECONDS);

        future.cancel(true);

        held.get().stopped().get(PATIENCE, SECONDS);
        assertThat(future).isCancelled();
    }

    @Test
    void refuses_null() throws Exception {
        ScoringModel model = open();
        List<TextSegment> withNull = Arrays.asList(TextSegment.from("a text"), null);

        for (Throwable refusal : Arrays.asList(
                refusal(() -> model.scoreAll(null, query())),
                refusal(() -> model.scoreAll(withNull, query())),
                refusal(() -> model.scoreAll(segments(texts()), null)))) {
            assertThat(refusal)
                    .isInstanceOfAny(IllegalArgumentException.class, NullPointerException.class)
                    .message()
                    .isNotBlank();
        }
    }

    @Test
    void refuses_a_blank_query() throws Exception {
        ScoringModel model = open();

        assertThat(refusal(() -> model.scoreAll(segments(texts()), " ")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("query");
        if (supportsAsync()) {
            assertThat(refusal(() -> await(model.scoreAsync(request(texts(), "\n")))))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("query");
        }
        assertThat(calls().orElse(0)).as("calls").isZero();
    }

    @Test
    void refuses_a_blank_text_and_names_its_place() throws Exception {
        assumeTrue(supportsAsync(), "LangChain4j's segments are never blank");
        ScoringModel model = open();

        @Nullable Throwable refusal = refusal(() -> await(model.scoreAsync(request(List.of("a text", " "), query()))));

        assertThat(refusal)
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .containsPattern("\\b1\\b");
        assertThat(calls().orElse(0)).as("calls").isZero();
    }

    static Stream<@Nullable Double> no_scores() {
        return Stream.of(Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, null);
    }

    @ParameterizedTest
    @MethodSource("no_scores")
    void refuses_what_is_no_score_and_names_its_place(@Nullable Double noScore) throws Exception {
        List<@Nullable Double> scores = new ArrayList<>(Collections.nCopies(texts().size(), 0.5));
        scores.set(1, noScore);

        assertRefused(scores, 1);
    }

    @Test
    void refuses_fewer_scores_than_segments() throws Exception {
        int count = texts().size() - 1;

        assertRefused(Collections.nCopies(count, 0.5), count);
    }

    @Test
    void refuses_more_scores_than_segments() throws Exception {
        int count = texts().size() + 1;

        assertRefused(Collections.nCopies(count, 0.5), count);
    }

    @Test
    void closes_what_it_owns_and_only_that() throws Exception {
        ScoringModel model = open();
        model.scoreAll(segments(texts()), query());
        assumeTrue(model instanceof AutoCloseable, "there is nothing to close");

        ((AutoCloseable) model).close();

        assertThatCode(((AutoCloseable) model)::close).as("closed twice").doesNotThrowAnyException();
        assertThat(refusal(() -> model.scoreAll(segments(texts()), query()))).isInstanceOf(IllegalStateException.class);
        if (supportsAsync()) {
            assertThat(refusal(() -> scoreAsync(model, texts()))).isInstanceOf(IllegalStateException.class);
        }
        assertThat(ownedIsReleased()).as("everything owned is released").isTrue();
        assertThat(borrowedIsOpen()).as("everything lent is open").isTrue();
    }

    private ScoringModel open() throws Exception {
        ScoringModel model = model();
        opened.add(model);
        return model;
    }

    /** Sync and async, the exception names the place or the count that is wrong. */
    private void assertRefused(List<@Nullable Double> scores, int named) throws Exception {
        Optional<ScoringModel> model = modelAnswering(scores);
        assumeTrue(model.isPresent(), "the source of the model cannot be made to answer wrongly");
        opened.add(model.get());
        String number = "\\b%d\\b".formatted(named);

        assertThat(refusal(() -> model.get().scoreAll(segments(texts()), query())))
                .isInstanceOf(RuntimeException.class)
                .message()
                .containsPattern(number);
        if (supportsAsync()) {
            assertThat(refusal(() -> scoreAsync(model.get(), texts())))
                    .isInstanceOf(RuntimeException.class)
                    .message()
                    .containsPattern(number);
        }
    }

    private void assertSame(List<Double> actual, List<Double> expected) {
        assertThat(actual).hasSameSizeAs(expected);
        for (int i = 0; i < expected.size(); i++) {
            assertThat(actual.get(i)).as("score of text %d", i).isCloseTo(expected.get(i), within(tolerance()));
        }
    }

    private ScoringResponse scoreAsync(ScoringModel model, List<String> texts) throws Exception {
        return await(model.scoreAsync(request(texts, query())));
    }

    /** What a call throws at once or through its future. */
    private static @Nullable Throwable refusal(Callable<?> call) {
        Throwable thrown = catchThrowable(call::call);
        return thrown instanceof ExecutionException ? thrown.getCause() : thrown;
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.get(PATIENCE, SECONDS);
    }

    private static <T> List<T> fromManyThreads(Callable<T> call) throws Exception {
        CyclicBarrier start = new CyclicBarrier(THREADS);
        ExecutorService executor = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<T>> futures = executor.invokeAll(Collections.nCopies(THREADS, () -> {
                start.await(PATIENCE, SECONDS);
                return call.call();
            }));
            List<T> results = new ArrayList<>();
            for (Future<T> future : futures) {
                results.add(await(future));
            }
            return results;
        } finally {
            executor.shutdownNow();
        }
    }

    private static ScoringRequest request(List<String> texts, String query) {
        return ScoringRequest.builder().documents(texts).query(query).build();
    }

    private static List<TextSegment> segments(List<String> texts) {
        return texts.stream().map(TextSegment::from).toList();
    }

    private static <T> List<T> reversed(List<T> list) {
        List<T> reversed = new ArrayList<>(list);
        Collections.reverse(reversed);
        return reversed;
    }
}
