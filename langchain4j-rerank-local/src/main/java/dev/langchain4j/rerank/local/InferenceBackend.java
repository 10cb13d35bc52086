package dev.langchain4j.rerank.local;

import java.util.List;

/**
 * The seam to an engine: token sequences in, numbers out. Nothing above it knows tensors, nothing below it knows texts.
 * Safe for many threads at the same time, {@link #close()} excepted, which comes last.
 */
interface InferenceBackend extends AutoCloseable {

    /** What this model on this engine and device takes in one run. */
    RunLimits limits();

    /**
     * Runs the model once.
     *
     * @param sequences from 1 to {@code limits().sequences()}
     * @return the numbers that the model's {@link ModelOutput} reads of each
     * @throws LocalModelException if the engine refuses
     */
    float[][] run(List<TokenSequence> sequences);

    @Override
    void close();

    /**
     * How much goes into one run.
     *
     * @param sequences at most; 1 where a sequence's numbers would depend on the others of the run
     * @param tokens padding counted, above which a run gains nothing; a single sequence may be longer
     */
    record RunLimits(int sequences, int tokens) {

        /** One sequence a run, however long. */
        static final RunLimits ONE = new RunLimits(1, 0);
    }
}
