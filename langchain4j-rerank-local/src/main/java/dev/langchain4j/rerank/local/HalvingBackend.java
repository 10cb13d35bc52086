package dev.langchain4j.rerank.local;

import java.util.Arrays;
import java.util.List;

/** A backend that splits a batch in halves if the engine runs out of memory. */
final class HalvingBackend implements InferenceBackend {

    private final String model;
    private final InferenceBackend backend;

    /**
     * Wraps an engine.
     *
     * @param model its name, for messages
     * @param backend closed by this
     */
    HalvingBackend(String model, InferenceBackend backend) {
        this.model = model;
        this.backend = backend;
    }

    @Override
    public RunLimits limits() {
        return backend.limits();
    }

    @Override
    public float[][] run(List<TokenSequence> sequences) {
        try {
            return backend.run(sequences);
        } catch (BatchTooLargeException e) {
            if (sequences.size() == 1) {
                throw new LocalModelException(
                        "%s ran out of memory on one text of %d tokens: reduce maxLength or workers"
                                .formatted(model, sequences.get(0).length()),
                        e);
            }
            int half = sequences.size() / 2;
            float[][] numbers = Arrays.copyOf(run(sequences.subList(0, half)), sequences.size());
            System.arraycopy(run(sequences.subList(half, sequences.size())), 0, numbers, half, sequences.size() - half);
            return numbers;
        }
    }

    @Override
    public void close() {
        backend.close();
    }
}
