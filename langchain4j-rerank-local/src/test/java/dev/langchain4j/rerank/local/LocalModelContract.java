package dev.langchain4j.rerank.local;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.langchain4j.model.scoring.ScoringModel;
import dev.langchain4j.rerank.local.internal.hub.ModelFiles;
import dev.langchain4j.rerank.testkit.ScoringModelContract;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

/** The contract of every scoring model, for a model of this module on a real engine whose runs are counted. */
abstract class LocalModelContract extends ScoringModelContract {

    private final ModelFiles files;
    private final Engine engine;
    private final ModelOutput output;
    private final AtomicInteger runs = new AtomicInteger();
    private final Queue<CountedBackend> engines = new ConcurrentLinkedQueue<>();
    private final Set<Thread> threadsBefore = workerThreads();
    private final CountDownLatch release = new CountDownLatch(1);
    private @Nullable LocalScoringModel held;

    LocalModelContract(String directory, Engine engine, ModelOutput output) {
        this.files = ModelFiles.in(TestModels.directory(directory));
        this.engine = engine;
        this.output = output;
    }

    /** The options of the model, without its files. */
    abstract LocalModelBuilder<?, ?> builder();

    /** The tokens that the engine gets for each text. */
    abstract List<TokenSequence> sequences(ModelFiles files);

    /** The numbers that the engine returns for a sequence whose score is to be this. */
    abstract float[] row(TokenSequence sequence, float score);

    @Override
    protected ScoringModel model() {
        assumeTrue(
                engine != Engine.PYTORCH || TestModels.onPlatformOfPyTorch(),
                "PyTorch is on the test class path for linux-x86_64 only");
        return builder().build(files, this::counted);
    }

    private InferenceBackend counted() {
        CountedBackend counted = new CountedBackend(engine.load(files, Device.CPU, output), runs);
        engines.add(counted);
        return counted;
    }

    @Override
    protected Hook<Integer> calls() {
        return Hook.of(runs.get());
    }

    /** A wrong number of rows cannot come from an engine: it returns as many as it is given sequences. */
    @Override
    protected Hook<ScoringModel> modelAnswering(List<@Nullable Double> scores) {
        if (scores.size() != texts().size() || scores.stream().anyMatch(Objects::isNull)) {
            return Hook.notApplicable("an engine returns one row per text, of numbers");
        }
        List<TokenSequence> sequences = sequences(files);
        Map<Integer, Float> byTokens = new HashMap<>();
        for (int i = 0; i < scores.size(); i++) {
            byTokens.put(
                    Arrays.hashCode(sequences.get(i).tokenIds()), scores.get(i).floatValue());
        }
        return Hook.of(builder()
                .build(
                        files,
                        () -> answering(sequence ->
                                row(sequence, byTokens.getOrDefault(Arrays.hashCode(sequence.tokenIds()), 0f)))));
    }

    /** The engine itself cannot be stopped in a run; a call is stopped when its other texts are withdrawn. */
    @Override
    protected Hook<HeldModel> heldModel() {
        CompletableFuture<Void> reached = new CompletableFuture<>();
        LocalScoringModel model = builder()
                .warmUp(false)
                .workers(1)
                .build(
                        files,
                        () -> answering(sequence -> {
                            reached.complete(null);
                            Latches.await(release);
                            return row(sequence, 0);
                        }));
        held = model;
        CompletableFuture<Void> stopped = reached.thenRunAsync(() -> {
            while (model.waitingCalls() > 0 && release.getCount() > 0) {
                Thread.onSpinWait();
            }
        });
        return Hook.of(new HeldModel(model, reached, stopped));
    }

    private static FakeBackend answering(Function<TokenSequence, float[]> rows) {
        return FakeBackend.onePairARun().answering(rows);
    }

    @AfterEach
    void release_the_engine() {
        release.countDown();
        if (held != null) {
            held.close();
        }
    }

    /** The native model and the threads of the workers. */
    @Override
    protected Hook<Boolean> ownedIsReleased() {
        Set<Thread> threads = workerThreads();
        threads.removeAll(threadsBefore);
        return Hook.of(engines.stream().allMatch(counted -> counted.closed)
                && threads.stream().allMatch(LocalModelContract::ends));
    }

    private static Set<Thread> workerThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("rerank-local-"))
                .collect(Collectors.toCollection(HashSet::new));
    }

    private static boolean ends(Thread thread) {
        try {
            thread.join(TimeUnit.SECONDS.toMillis(20));
            return !thread.isAlive();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    @Override
    protected Hook<Boolean> borrowedIsOpen() {
        return Hook.notApplicable("the model is lent nothing");
    }

    /** An engine with a counter of its runs. */
    private static final class CountedBackend implements InferenceBackend {

        private final InferenceBackend backend;
        private final AtomicInteger runs;
        private volatile boolean closed;

        private CountedBackend(InferenceBackend backend, AtomicInteger runs) {
            this.backend = backend;
            this.runs = runs;
        }

        @Override
        public RunLimits limits() {
            return backend.limits();
        }

        @Override
        public float[][] run(List<TokenSequence> sequences) {
            runs.incrementAndGet();
            return backend.run(sequences);
        }

        @Override
        public void close() {
            closed = true;
            backend.close();
        }
    }
}
