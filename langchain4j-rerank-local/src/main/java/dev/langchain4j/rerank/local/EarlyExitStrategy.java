package dev.langchain4j.rerank.local;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.DoubleAccumulator;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A strategy that passes only the texts to the network whose tokens are most similar to the query's ({@link
 * QuerySimilarity}); the others exit before its first layer and are ranked behind, in the given order. After the
 * similarity-based early exit of Busolin et al., SIGIR 2025 (doi 10.1145/3726302.3729962), which measures similarity in
 * another way.
 */
final class EarlyExitStrategy implements ScoringStrategy {

    /** Number of texts that are compared in one turn of a worker; less work than scoring one. */
    private static final int TEXTS_A_PART = 16;

    private final PairScoringStrategy network;
    private final PairTokenizer tokenizer;
    private final TokenEmbeddings embeddings;
    private final boolean probabilities;
    private final int keep;

    /**
     * Puts an exit before a network.
     *
     * @param network closed by this
     * @param tokenizer of the network, which closes it
     * @param probabilities whether the network's scores are from 0 to 1
     * @param keep maximum number of texts that enter
     */
    EarlyExitStrategy(
            PairScoringStrategy network,
            PairTokenizer tokenizer,
            TokenEmbeddings embeddings,
            boolean probabilities,
            int keep) {
        this.network = network;
        this.tokenizer = tokenizer;
        this.embeddings = embeddings;
        this.probabilities = probabilities;
        this.keep = keep;
    }

    @Override
    public ScoringPlan plan(String query, List<String> texts, Order order) {
        return texts.size() <= keep ? network.plan(query, texts, order) : new Comparing(query, texts, order);
    }

    @Override
    public void close() {
        network.close();
    }

    /** The first plan: the similarity of each text to the query. */
    private final class Comparing implements ScoringPlan {

        private final String query;
        private final int queryTokens;
        private final List<String> texts;
        private final Order order;
        private final QuerySimilarity similarity;
        private final LongAdder tokenizing = new LongAdder();

        private Comparing(String query, List<String> texts, Order order) {
            this.query = query;
            this.texts = texts;
            this.order = order;
            int[] tokens = tokenizer.queryTokens(query);
            this.queryTokens = tokens.length;
            this.similarity = new QuerySimilarity(embeddings, tokens, texts.size());
        }

        @Override
        public List<int[]> parts() {
            List<int[]> parts = new ArrayList<>();
            for (int from = 0; from < texts.size(); from += TEXTS_A_PART) {
                parts.add(IntStream.range(from, Math.min(texts.size(), from + TEXTS_A_PART))
                        .toArray());
            }
            return parts;
        }

        @Override
        public void score(int[] part, Consumer<ScoredText> scores) {
            for (int index : part) {
                long began = System.nanoTime();
                int[] tokens = tokenizer.passageTokens(texts.get(index), queryTokens);
                tokenizing.add(System.nanoTime() - began);
                similarity.read(index, tokens);
            }
        }

        @Override
        public ScoringPlan next() {
            Set<Integer> entering = mostSimilar();
            int[] enter = indexes(entering::contains);
            int[] exit = indexes(index -> !entering.contains(index));
            return new Entering(network.plan(query, texts, enter, order), exit, tokenizing.sum());
        }

        /** Returns the most similar texts; of equally similar ones the first. */
        private Set<Integer> mostSimilar() {
            double[] similarities = similarity.similarities();
            return IntStream.range(0, texts.size())
                    .boxed()
                    .sorted(Comparator.comparingDouble(index -> -similarities[index]))
                    .limit(keep)
                    .collect(Collectors.toSet());
        }

        private int[] indexes(IntPredicate which) {
            return IntStream.range(0, texts.size()).filter(which).toArray();
        }

        @Override
        public long tokenizingNanos() {
            return tokenizing.sum();
        }
    }

    /** The second plan: the scores of the texts that enter the network. */
    private final class Entering implements ScoringPlan {

        private final ScoringPlan scoring;
        private final int[] exit;
        private final long tokenizingBefore;
        private final DoubleAccumulator lowest = new DoubleAccumulator(Math::min, Double.POSITIVE_INFINITY);

        private Entering(ScoringPlan scoring, int[] exit, long tokenizingBefore) {
            this.scoring = scoring;
            this.exit = exit;
            this.tokenizingBefore = tokenizingBefore;
        }

        @Override
        public List<int[]> parts() {
            return scoring.parts();
        }

        @Override
        public void score(int[] part, Consumer<ScoredText> scores) {
            scoring.score(part, score -> {
                lowest.accumulate(score.score());
                scores.accept(score);
            });
        }

        @Override
        public ScoringPlan next() {
            return new Exiting(exit, lowest.get(), tokenizingNanos());
        }

        @Override
        public long tokenizingNanos() {
            return tokenizingBefore + scoring.tokenizingNanos();
        }
    }

    /** The end: the other texts, behind the lowest score. */
    private final class Exiting implements ScoringPlan {

        private final int[] exit;
        private final double lowest;
        private final long tokenizingBefore;

        private Exiting(int[] exit, double lowest, long tokenizingBefore) {
            this.exit = exit;
            this.lowest = lowest;
            this.tokenizingBefore = tokenizingBefore;
        }

        @Override
        public List<int[]> parts() {
            return List.of(exit);
        }

        @Override
        public void score(int[] part, Consumer<ScoredText> scores) {
            for (int rank = 0; rank < part.length; rank++) {
                scores.accept(ScoredText.unread(part[rank], behindLowest(rank + 1)));
            }
        }

        /**
         * Returns a score on the scale of the network, different for each rank as far as the scale can distinguish
         * them.
         */
        private double behindLowest(int rank) {
            return probabilities ? lowest * (exit.length + 1 - rank) / (exit.length + 1) : lowest - rank;
        }

        @Override
        public long tokenizingNanos() {
            return tokenizingBefore;
        }
    }
}
