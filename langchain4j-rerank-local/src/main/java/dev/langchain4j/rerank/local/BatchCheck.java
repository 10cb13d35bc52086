package dev.langchain4j.rerank.local;

import dev.langchain4j.rerank.local.InferenceBackend.BatchTooLargeException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks a model when it is loaded: do the logits of a pair change if longer pairs share its run? They do if the head
 * reads padding, as those of decoders do, which look for the last token that is not their own padding token.
 */
final class BatchCheck {

    private static final Logger LOG = LoggerFactory.getLogger(BatchCheck.class);

    /** More than the rounding of half precision, less than reading another token. */
    private static final double TOLERANCE = 1e-3;

    private static final List<String> PASSAGES = List.of("one", "one two three", "one two three four ".repeat(8));

    private BatchCheck() {}

    /**
     * Returns the backend, or the same one with a single sequence per run if its logits depend on the others.
     *
     * @param model its name, for the log
     * @param backend closed if the check itself fails
     */
    static InferenceBackend checked(String model, PairEncoder encoder, InferenceBackend backend) {
        try {
            return backend.limits().sequences() == 1 || independent(backend, pairs(encoder))
                    ? backend
                    : oneByOne(model, backend);
        } catch (RuntimeException e) {
            backend.close();
            throw e;
        }
    }

    private static List<TokenSequence> pairs(PairEncoder encoder) {
        PairEncoder.Query query = encoder.query("number");
        return PASSAGES.stream().map(query::with).toList();
    }

    private static InferenceBackend oneByOne(String model, InferenceBackend backend) {
        LOG.warn("{} scores a text differently if longer texts share its run: it reads one text per run", model);
        return new SingleSequenceBackend(backend);
    }

    private static boolean independent(InferenceBackend backend, List<TokenSequence> pairs) {
        List<float[]> alone = new ArrayList<>();
        try {
            pairs.forEach(pair -> alone.add(backend.run(List.of(pair))[0]));
        } catch (LocalModelException | BatchTooLargeException e) {
            return true; // the first call fails in the same way, and reports it with the text
        }
        try {
            float[][] together = backend.run(pairs);
            return IntStream.range(0, together.length).allMatch(pair -> equal(alone.get(pair), together[pair]));
        } catch (BatchTooLargeException e) {
            return true; // calls divide such a run
        } catch (LocalModelException e) {
            return false; // it reads one text, but not several
        }
    }

    private static boolean equal(float[] alone, float[] together) {
        for (int i = 0; i < alone.length; i++) {
            if (Math.abs(alone[i] - together[i]) > TOLERANCE * Math.max(1, Math.abs(alone[i]))) {
                return false;
            }
        }
        return true;
    }

    /** A backend that reads one sequence per run. */
    private record SingleSequenceBackend(InferenceBackend backend) implements InferenceBackend {

        @Override
        public RunLimits limits() {
            return RunLimits.ONE;
        }

        @Override
        public float[][] run(List<TokenSequence> sequences) {
            return backend.run(sequences);
        }

        @Override
        public void close() {
            backend.close();
        }
    }
}
