package dev.langchain4j.rerank.local;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;

/** An engine whose logits a test decides; by default a pair's logit is its length in tokens. */
class FakeBackend implements InferenceBackend {

    private final RunLimits limits;
    private volatile Function<TokenSequence, float[]> logits = pair -> new float[] {pair.length()};
    private volatile int maxPairs = Integer.MAX_VALUE;

    /** Sizes of the runs so far. */
    final Queue<Integer> runs = new ConcurrentLinkedQueue<>();

    volatile boolean closed;

    FakeBackend(int pairs, int tokens) {
        this.limits = new RunLimits(pairs, tokens);
    }

    static FakeBackend onePairARun() {
        return new FakeBackend(1, 0);
    }

    FakeBackend answering(Function<TokenSequence, float[]> logits) {
        this.logits = logits;
        return this;
    }

    /** Has not the memory for more. */
    FakeBackend withMemoryFor(int pairs) {
        this.maxPairs = pairs;
        return this;
    }

    @Override
    public RunLimits limits() {
        return limits;
    }

    @Override
    public float[][] run(List<TokenSequence> pairs) {
        if (closed) {
            throw new IllegalStateException("run after close");
        }
        if (pairs.size() > maxPairs) {
            throw new BatchTooLargeException(new IllegalStateException("no memory for " + pairs.size()));
        }
        runs.add(pairs.size());
        return pairs.stream().map(logits).toArray(float[][]::new);
    }

    @Override
    public void close() {
        closed = true;
    }
}
