package dev.langchain4j.rerank.local;

import java.util.List;

/**
 * A model on an engine: token sequences in, numbers out. No code above it uses tensors, no code below it uses texts.
 * Thread-safe, except for {@link #close()}, which is called last.
 */
interface InferenceBackend extends AutoCloseable {

    /** Returns the limits of one run of this model on this engine and device. */
    RunLimits limits();

    /**
     * Runs the model once.
     *
     * @param sequences from 1 to {@code limits().sequences()}
     * @return the numbers of the model's {@link ModelOutput} for each sequence
     * @throws LocalModelException if the engine refuses
     * @throws BatchTooLargeException if the engine runs out of memory
     */
    float[][] run(List<TokenSequence> sequences);

    @Override
    void close();

    /**
     * The limits of one run.
     *
     * @param sequences maximum number of sequences; 1 if the numbers of a sequence would depend on the others of the
     *     run
     * @param tokens maximum number of tokens per run, padding included; larger runs are not faster. A single longer
     *     sequence still runs, alone
     */
    record RunLimits(int sequences, int tokens) {

        /** One sequence per run, however long. */
        static final RunLimits ONE = new RunLimits(1, 0);
    }

    /** The engine ran out of memory in a run that would need less with fewer sequences. */
    final class BatchTooLargeException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        BatchTooLargeException(Throwable cause) {
            super(cause);
        }
    }
}
