package dev.langchain4j.rerank.local;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** A strategy that scores pairs: query and passage to tokens, tokens to logits, logits to a score. */
final class PairScoringStrategy implements ScoringStrategy {

    private final String model;
    private final PairEncoder encoder;
    private final InferenceBackend backend;
    private final Head head;
    private final BatchPlanner planner;

    private PairScoringStrategy(String model, PairEncoder encoder, InferenceBackend backend, Head head) {
        this.model = model;
        this.encoder = encoder;
        this.backend = new HalvingBackend(model, backend);
        this.head = head;
        this.planner = new BatchPlanner(backend.limits(), encoder.maxLength());
    }

    /**
     * Creates the strategy of a model.
     *
     * @param model its name, for messages
     * @param encoder closed by the strategy, or at once if the engine is not available
     * @param engine supplies the backend, which the strategy closes
     */
    static PairScoringStrategy load(String model, PairEncoder encoder, Supplier<InferenceBackend> engine, Head head) {
        try {
            return new PairScoringStrategy(model, encoder, engine.get(), head);
        } catch (RuntimeException e) {
            encoder.close();
            throw e;
        }
    }

    @Override
    public ScoringPlan plan(String query, List<String> texts, Order order) {
        return plan(query, texts, IntStream.range(0, texts.size()).toArray(), order);
    }

    /** Plans the scoring of some of the texts. */
    ScoringPlan plan(String query, List<String> texts, int[] indexes, Order order) {
        PairEncoder.Query encoded = encoder.query(query);
        int length = encoded.length();
        List<String> chosen = Arrays.stream(indexes).mapToObj(texts::get).toList();
        List<int[]> batches =
                order == Order.GIVEN ? planner.inOrder(chosen, length) : planner.longestFirst(chosen, length);
        return new Pairs(
                encoded,
                texts,
                batches.stream()
                        .map(batch -> Arrays.stream(batch).map(i -> indexes[i]).toArray())
                        .toList());
    }

    private final class Pairs implements ScoringPlan {

        private final PairEncoder.Query query;
        private final List<String> passages;
        private final List<int[]> batches;
        private final LongAdder tokenizing = new LongAdder();

        private Pairs(PairEncoder.Query query, List<String> passages, List<int[]> batches) {
            this.query = query;
            this.passages = passages;
            this.batches = batches;
        }

        @Override
        public List<int[]> parts() {
            return batches;
        }

        @Override
        public void score(int[] batch, Consumer<ScoredText> scores) {
            long began = System.nanoTime();
            List<TokenSequence> pairs = Arrays.stream(batch)
                    .mapToObj(index -> query.with(passages.get(index)))
                    .toList();
            tokenizing.add(System.nanoTime() - began);
            PairScoringStrategy.this.score(pairs, batch, scores);
        }

        @Override
        public long tokenizingNanos() {
            return tokenizing.sum();
        }
    }

    private void score(List<TokenSequence> pairs, int[] indexes, Consumer<ScoredText> scores) {
        float[][] logits = backend.run(pairs);
        for (int i = 0; i < indexes.length; i++) {
            TokenSequence pair = pairs.get(i);
            scores.accept(new ScoredText(indexes[i], score(logits[i], indexes[i]), pair.truncated(), pair.length()));
        }
    }

    private double score(float[] logits, int index) {
        double score = score(logits);
        if (!Double.isFinite(score)) {
            throw new LocalModelException("%s returned %s for the text at index %d, which is not a finite score"
                    .formatted(model, Arrays.toString(logits), index));
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

    @Override
    public void close() {
        backend.close();
        encoder.close();
    }
}
