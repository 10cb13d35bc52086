package dev.langchain4j.rerank.local;

import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/** A cross-encoder: query and passage to tokens, tokens to logits, logits to a score. */
final class PairScorer implements TextScorer {

    private final String model;
    private final PairTokenizer tokenizer;
    private final InferenceBackend backend;
    private final Head head;
    private final BatchPlanner planner;

    /**
     * Scores with one model.
     *
     * @param model its name, for messages
     */
    PairScorer(String model, PairTokenizer tokenizer, InferenceBackend backend, Head head) {
        this.model = model;
        this.tokenizer = tokenizer;
        this.backend = backend;
        this.head = head;
        this.planner = new BatchPlanner(backend.limits(), tokenizer.maxLength());
    }

    @Override
    public Plan plan(String query, List<String> texts, Order order) {
        TokenizedQuery tokens = tokenizer.query(query);
        int length = tokens.tokenIds().length;
        List<int[]> batches =
                order == Order.GIVEN ? planner.inOrder(texts, length) : planner.longestFirst(texts, length);
        return new Plan() {

            @Override
            public List<int[]> parts() {
                return batches;
            }

            @Override
            public void score(int[] batch, Consumer<ScoredText> scores) {
                PairScorer.this.score(tokens, texts, batch, scores);
            }
        };
    }

    private void score(TokenizedQuery query, List<String> passages, int[] places, Consumer<ScoredText> scores) {
        List<TokenizedPair> pairs = Arrays.stream(places)
                .mapToObj(place -> tokenizer.pair(query, passages.get(place)))
                .toList();
        float[][] logits = run(pairs);
        for (int i = 0; i < places.length; i++) {
            TokenizedPair pair = pairs.get(i);
            scores.accept(new ScoredText(places[i], score(logits[i], places[i]), pair.truncated(), pair.length()));
        }
    }

    /** Runs the pairs together, or in halves where the engine has not the memory for all. */
    private float[][] run(List<TokenizedPair> pairs) {
        try {
            return backend.run(pairs);
        } catch (BatchTooLargeException e) {
            if (pairs.size() == 1) {
                throw new LocalModelException(
                        "%s has not the memory to run one pair of %d tokens: lower maxLength or workers"
                                .formatted(model, pairs.get(0).length()),
                        e);
            }
            int half = pairs.size() / 2;
            float[][] logits = Arrays.copyOf(run(pairs.subList(0, half)), pairs.size());
            System.arraycopy(run(pairs.subList(half, pairs.size())), 0, logits, half, pairs.size() - half);
            return logits;
        }
    }

    private double score(float[] logits, int place) {
        double score = score(logits);
        if (!Double.isFinite(score)) {
            throw new LocalModelException(
                    "%s answered %s for text %d, which is no score".formatted(model, Arrays.toString(logits), place));
        }
        return score;
    }

    private double score(float[] logits) {
        try {
            return head.score(logits);
        } catch (IllegalArgumentException e) {
            throw new LocalModelException("%s answered %s".formatted(model, e.getMessage()), e);
        }
    }
}
