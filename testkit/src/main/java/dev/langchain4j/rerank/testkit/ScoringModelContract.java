package dev.langchain4j.rerank.testkit;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.output.Response;
import dev.langchain4j.model.scoring.ScoringModel;
import dev.langchain4j.model.scoring.request.ScoringRequest;
import dev.langchain4j.model.scoring.response.ScoringResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The tests that every scoring model of the project passes. To check a model, extend this class in its tests.
 *
 * <p>Hooks that only the tests of a model can implement are abstract. A hook without a value for a model returns {@link
 * Hook#notApplicable(String)}; the tests that need it are then skipped with the reason. The other hooks have defaults
 * that promise the most, so that a test fails where one is forgotten.
 *
 * <p>An async call reports every failure through its future and throws nothing.
 */
public abstract class ScoringModelContract {

    private static final int THREADS = 8;

    /**
     * A value that the tests of a model supply to the contract, or the reason why there is none.
     *
     * @param value null if there is none
     * @param reason null if there is a value
     */
    public record Hook<T>(@Nullable T value, @Nullable String reason) {

        /** Requires one of the two. */
        public Hook {
            if ((value == null) == (reason == null || reason.isBlank())) {
                throw new IllegalArgumentException("a hook has a value, or a reason why the model cannot have one");
            }
        }

        /** Supplies a value. */
        public static <T> Hook<T> of(T value) {
            return new Hook<>(value, null);
        }

        /**
         * Skips the tests that need the value.
         *
         * @param reason why the model cannot have it; not blank
         */
        public static <T> Hook<T> notApplicable(String reason) {
            return new Hook<>(null, reason);
        }

        private T orSkip() {
            return value == null ? abort(reason) : value;
        }
    }

    /**
     * A model whose source (an inner model, a server, an engine) receives a call and does not answer it.
     *
     * @param model the model; not closed by the contract
     * @param reached completes when a call has reached the source, sync or async
     * @param stopped completes when the source is stopped: its thread interrupted, its future cancelled, its
     *     connection closed
     */
    public record HeldModel(ScoringModel model, CompletableFuture<?> reached, CompletableFuture<?> stopped) {}

    private final List<ScoringModel> opened = new ArrayList<>();

    /** Returns a new model for one test; the contract closes it if it is {@link AutoCloseable}. */
    protected abstract ScoringModel model() throws Exception;

    /** Returns the number of calls that the source behind {@link #model()} has received up to now. */
    protected abstract Hook<Integer> calls();

    /**
     * Returns a new model whose source answers these scores instead of its own. As many as {@link #texts()}, or one more
     * or less; some are NaN, infinite or null.
     */
    protected abstract Hook<ScoringModel> modelAnswering(List<@Nullable Double> scores) throws Exception;

    /** Returns a new model whose source does not answer. */
    protected abstract Hook<HeldModel> heldModel() throws Exception;

    /** Returns whether everything that closed models owned is gone: threads, connections, native memory. */
    protected abstract Hook<Boolean> ownedIsReleased();

    /** Returns whether everything that was passed to {@link #model()} is still open: inner models, clients, executors. */
    protected abstract Hook<Boolean> borrowedIsOpen();

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

    /** Time until a test that waits fails; nothing waits that long when the model is right. */
    Duration patience() {
        return Duration.ofSeconds(60);
    }

    @AfterEach
    void close_models() throws Exception {
        for (ScoringModel model : opened) {
            if (model instanceof AutoCloseable closeable) {
                closeable.close();
            }
        }
    }

    // Scores

    @Test
    void returns_one_finite_score_per_segment() throws Exception {
        List<Double> scores = open().scoreAll(segments(texts()), query()).content();

        assertThat(scores).hasSameSizeAs(texts()).allMatch(score -> score != null && Double.isFinite(score));
    }

    @Test
    void returns_the_scores_in_the_order_of_the_segments() throws Exception {
        assumeFalse(listwise(), "a listwise model may score another order otherwise");
        ScoringModel model = open();
        List<String> reversed = reversed(texts());

        List<Double> scores = model.scoreAll(segments(reversed), query()).content();

        assertSame(reversed(scores), model.scoreAll(segments(texts()), query()).content());
    }

    @Test
    void scores_a_text_independently_of_the_others() throws Exception {
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
        assumeAsync();
        ScoringModel model = open();
        Response<List<Double>> expected = model.scoreAll(segments(texts()), query());

        ScoringResponse response = await(async(model, texts(), query()));

        assertSame(response.scores(), expected.content());
    }

    @Test
    void returns_no_scores_for_an_empty_list() throws Exception {
        ScoringModel model = open();

        assertThat(model.scoreAll(List.of(), query()).content()).isEmpty();
        if (supportsAsync()) {
            assertThat(await(async(model, List.of(), query())).scores()).isEmpty();
        }
    }

    // Arguments

    @Test
    void refuses_a_null_list() throws Exception {
        ScoringModel model = open();

        assertIllegalArgument(
                thrown(() -> model.scoreAll(null, query())),
                "segments is null: pass a list, an empty one if there is nothing to score");
    }

    @Test
    void refuses_a_null_segment_and_names_its_index() throws Exception {
        ScoringModel model = open();
        List<@Nullable TextSegment> segments = withNullSegment();

        assertIllegalArgument(
                thrown(() -> model.scoreAll(segments, query())),
                "the segment at index 3 of %d is null: leave it out".formatted(segments.size()));
    }

    @Test
    void refuses_a_null_query() throws Exception {
        ScoringModel model = open();

        assertIllegalArgument(
                thrown(() -> model.scoreAll(segments(texts()), null)),
                "query is null: pass the question that the texts are scored against");
    }

    @Test
    void refuses_a_blank_query() throws Exception {
        ScoringModel model = open();
        String message = "query is blank: pass the question that the texts are scored against";

        assertIllegalArgument(thrown(() -> model.scoreAll(segments(texts()), " ")), message);
        if (supportsAsync()) {
            assertIllegalArgument(failure(async(model, texts(), "\n")), message);
        }
    }

    @Test
    void refuses_a_blank_text_and_names_its_index() throws Exception {
        assumeTrue(supportsAsync(), "the segments of sync calls are never blank, and the model has no async");

        assertIllegalArgument(
                failure(async(open(), List.of("a text", " "), query())),
                "the text at index 1 of 2 is blank: leave it out");
    }

    @Test
    void refuses_a_null_text_and_names_its_index() throws Exception {
        assumeAsync();

        assertIllegalArgument(
                failure(async(open(), Arrays.asList("a text", null), query())),
                "the text at index 1 of 2 is null: leave it out");
    }

    @Test
    void makes_no_call_for_an_empty_list_or_for_refused_arguments() throws Exception {
        ScoringModel model = open();
        int before = calls().orSkip();

        returnsOrThrows(() -> model.scoreAll(List.of(), query()));
        returnsOrThrows(() -> model.scoreAll(null, query()));
        returnsOrThrows(() -> model.scoreAll(withNullSegment(), query()));
        returnsOrThrows(() -> model.scoreAll(segments(texts()), null));
        returnsOrThrows(() -> model.scoreAll(segments(texts()), " "));
        if (supportsAsync()) {
            returnsOrThrows(() -> await(async(model, List.of(), query())));
            returnsOrThrows(() -> await(async(model, texts(), " ")));
            returnsOrThrows(() -> await(async(model, List.of("a text", " "), query())));
        }

        assertThat(calls().orSkip()).as("calls").isEqualTo(before);
    }

    // Responses of the source

    static Stream<@Nullable Double> no_scores() {
        return Stream.of(Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, null);
    }

    @ParameterizedTest
    @MethodSource("no_scores")
    void refuses_what_is_no_score_and_names_its_index(@Nullable Double noScore) throws Exception {
        List<@Nullable Double> scores = new ArrayList<>(Collections.nCopies(texts().size(), 0.5));
        scores.set(1, noScore);

        assertResponseRefused(scores, 1);
    }

    @Test
    void refuses_fewer_scores_than_segments() throws Exception {
        int count = texts().size() - 1;

        assertResponseRefused(Collections.nCopies(count, 0.5), count);
    }

    @Test
    void refuses_more_scores_than_segments() throws Exception {
        int count = texts().size() + 1;

        assertResponseRefused(Collections.nCopies(count, 0.5), count);
    }

    // Interruption and cancellation

    @Test
    void cancels_a_call_of_an_interrupted_thread() throws Exception {
        ScoringModel model = open();

        assertCancelled(await(start(() -> {
            Thread.currentThread().interrupt();
            return model.scoreAll(segments(texts()), query());
        })));
    }

    @Test
    void makes_no_call_from_an_interrupted_thread() throws Exception {
        ScoringModel model = open();
        int before = calls().orSkip();

        Outcome unused = await(start(() -> {
            Thread.currentThread().interrupt();
            return model.scoreAll(segments(texts()), query());
        }));

        assertThat(calls().orSkip()).as("calls").isEqualTo(before);
    }

    @Test
    void cancels_a_call_when_its_thread_is_interrupted_and_stops_the_source() throws Exception {
        HeldModel held = heldModel().orSkip();
        Interruptible call = startInterruptible(() -> held.model().scoreAll(segments(texts()), query()));
        await(held.reached());

        call.thread().interrupt();

        assertCancelled(await(call.outcome()));
        await(held.stopped());
    }

    @Test
    void stops_the_source_when_the_future_is_cancelled() throws Exception {
        assumeAsync();
        HeldModel held = heldModel().orSkip();
        CompletableFuture<ScoringResponse> future = async(held.model(), texts(), query());
        await(held.reached());

        future.cancel(true);

        await(held.stopped());
        assertThat(future).isCancelled();
    }

    // Closing

    @Test
    void can_be_closed_twice() throws Exception {
        AutoCloseable model = openCloseable();

        model.close();

        assertThatCode(model::close).doesNotThrowAnyException();
    }

    @Test
    void refuses_calls_after_it_was_closed() throws Exception {
        AutoCloseable closeable = openCloseable();
        ScoringModel model = (ScoringModel) closeable;

        closeable.close();

        assertClosed(model, thrown(() -> model.scoreAll(segments(texts()), query())));
        if (supportsAsync()) {
            assertClosed(model, failure(async(model, texts(), query())));
        }
    }

    @Test
    void releases_what_it_owns_when_it_is_closed() throws Exception {
        AutoCloseable model = openCloseable();

        model.close();

        assertThat(ownedIsReleased().orSkip()).isTrue();
    }

    @Test
    void leaves_open_what_it_does_not_own() throws Exception {
        ScoringModel model = open();
        model.scoreAll(segments(texts()), query());

        if (model instanceof AutoCloseable closeable) {
            closeable.close();
        }

        assertThat(borrowedIsOpen().orSkip()).isTrue();
    }

    private ScoringModel open() throws Exception {
        ScoringModel model = model();
        opened.add(model);
        return model;
    }

    /** A model that has scored and can be closed. */
    private AutoCloseable openCloseable() throws Exception {
        ScoringModel model = open();
        assumeTrue(model instanceof AutoCloseable, "the model owns nothing and cannot be closed");
        model.scoreAll(segments(texts()), query());
        return (AutoCloseable) model;
    }

    private void assumeAsync() {
        assumeTrue(supportsAsync(), "the model has no async");
    }

    private List<@Nullable TextSegment> withNullSegment() {
        List<@Nullable TextSegment> segments = new ArrayList<>(segments(texts()));
        segments.add(3, null);
        return segments;
    }

    private static void assertIllegalArgument(@Nullable Throwable thrown, String message) {
        assertThat(thrown).isExactlyInstanceOf(IllegalArgumentException.class).hasMessage(message);
    }

    private static void assertClosed(ScoringModel model, @Nullable Throwable thrown) {
        assertThat(thrown)
                .isExactlyInstanceOf(IllegalStateException.class)
                .hasMessage("%s is closed: build a new model", nameOf(model));
    }

    /** The name of a class in messages; that of an anonymous one has the enclosing class. */
    private static String nameOf(ScoringModel model) {
        String name = model.getClass().getName();
        String simpleName = model.getClass().getSimpleName();
        return simpleName.isEmpty() ? name.substring(name.lastIndexOf('.') + 1) : simpleName;
    }

    /** Sync and async, the exception names the index or the count that is wrong. */
    private void assertResponseRefused(List<@Nullable Double> scores, int named) throws Exception {
        ScoringModel model = modelAnswering(scores).orSkip();
        opened.add(model);
        String number = "\\b%d\\b".formatted(named);

        assertThat(thrown(() -> model.scoreAll(segments(texts()), query())))
                .isInstanceOf(RuntimeException.class)
                .message()
                .containsPattern(number);
        if (supportsAsync()) {
            assertThat(failure(async(model, texts(), query())))
                    .isInstanceOf(RuntimeException.class)
                    .message()
                    .containsPattern(number);
        }
    }

    private static void assertCancelled(Outcome outcome) {
        assertThat(outcome.thrown()).isInstanceOf(CancellationException.class);
        assertThat(outcome.interrupted()).as("the interrupt flag is set again").isTrue();
    }

    private void assertSame(List<Double> actual, List<Double> expected) {
        assertThat(actual).hasSameSizeAs(expected);
        for (int i = 0; i < expected.size(); i++) {
            assertThat(actual.get(i)).as("score of text %d", i).isCloseTo(expected.get(i), within(tolerance()));
        }
    }

    private static @Nullable Throwable thrown(Callable<?> call) {
        return catchThrowable(call::call);
    }

    private static void returnsOrThrows(Callable<?> call) {
        Throwable unused = thrown(call);
    }

    /** Starts an async call, which must not throw. */
    private static CompletableFuture<ScoringResponse> async(ScoringModel model, List<String> texts, String query) {
        ScoringRequest request =
                ScoringRequest.builder().documents(texts).query(query).build();
        try {
            return model.scoreAsync(request);
        } catch (RuntimeException e) {
            throw new AssertionError("scoreAsync threw instead of failing its future", e);
        }
    }

    private @Nullable Throwable failure(CompletableFuture<?> future) {
        Throwable thrown = thrown(() -> await(future));
        return thrown instanceof ExecutionException ? thrown.getCause() : thrown;
    }

    private <T> T await(Future<T> future) throws Exception {
        return future.get(patience().toMillis(), MILLISECONDS);
    }

    /**
     * The end of a call.
     *
     * @param interrupted whether the interrupt flag of the thread was set then
     */
    private record Outcome(@Nullable Throwable thrown, boolean interrupted) {}

    /** A call on a thread of its own. */
    private record Interruptible(Thread thread, Future<Outcome> outcome) {}

    private static Future<Outcome> start(Callable<?> call) {
        return startInterruptible(call).outcome();
    }

    private static Interruptible startInterruptible(Callable<?> call) {
        FutureTask<Outcome> outcome = new FutureTask<>(() -> {
            Throwable thrown = thrown(call);
            return new Outcome(thrown, Thread.interrupted());
        });
        Thread thread = new Thread(outcome, "contract-caller");
        thread.setDaemon(true);
        thread.start();
        return new Interruptible(thread, outcome);
    }

    private <T> List<T> fromManyThreads(Callable<T> call) throws Exception {
        CyclicBarrier start = new CyclicBarrier(THREADS);
        ExecutorService executor = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<T>> futures = executor.invokeAll(Collections.nCopies(THREADS, () -> {
                start.await(patience().toMillis(), MILLISECONDS);
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

    private static List<TextSegment> segments(List<String> texts) {
        return texts.stream().map(TextSegment::from).toList();
    }

    private static <T> List<T> reversed(List<T> list) {
        List<T> reversed = new ArrayList<>(list);
        Collections.reverse(reversed);
        return reversed;
    }
}
