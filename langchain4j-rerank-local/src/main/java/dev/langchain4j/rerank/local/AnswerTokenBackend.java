package dev.langchain4j.rerank.local;

import java.util.List;

/** Picks the logits of the answer tokens from the next-token logits. */
final class AnswerTokenBackend implements InferenceBackend {

    private final int[] answers;
    private final InferenceBackend backend;

    /**
     * Wraps an engine.
     *
     * @param answers the tokens, in the order in which their logits are returned
     * @param backend returns {@link ModelOutput#NEXT_TOKEN}; closed by this
     */
    AnswerTokenBackend(int[] answers, InferenceBackend backend) {
        this.answers = answers;
        this.backend = backend;
    }

    @Override
    public RunLimits limits() {
        return backend.limits();
    }

    @Override
    public float[][] run(List<TokenSequence> sequences) {
        float[][] logits = backend.run(sequences);
        float[][] picked = new float[logits.length][answers.length];
        for (int row = 0; row < logits.length; row++) {
            for (int answer = 0; answer < answers.length; answer++) {
                picked[row][answer] = logit(logits[row], answers[answer]);
            }
        }
        return picked;
    }

    private static float logit(float[] logits, int token) {
        if (token >= logits.length) {
            throw new LocalModelException(
                    "the model returns %d logits, none for the token %d".formatted(logits.length, token));
        }
        return logits[token];
    }

    @Override
    public void close() {
        backend.close();
    }
}
