package dev.langchain4j.rerank.local;

import java.util.List;

/**
 * The seam to an engine: tokenised pairs in, logits out. Nothing above it knows tensors, nothing below it knows texts.
 * Safe for many threads at the same time, {@link #close()} excepted, which comes last.
 */
interface InferenceBackend extends AutoCloseable {

    /** What this model on this engine and device takes in one run. */
    RunLimits limits();

    /**
     * Runs the model once.
     *
     * @param pairs from 1 to {@code limits().pairs()}
     * @return the logits, a row a pair, a column a label
     * @throws LocalModelException if the engine refuses
     */
    float[][] run(List<TokenizedPair> pairs);

    @Override
    void close();

    /**
     * How much goes into one run.
     *
     * @param pairs at most; 1 where a pair's logits would depend on the other pairs of the run
     * @param tokens padding counted, above which a run gains nothing; a single pair may be longer
     */
    record RunLimits(int pairs, int tokens) {}
}
