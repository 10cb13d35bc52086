package dev.langchain4j.rerank.evaluation;

import dev.langchain4j.model.scoring.ScoringModel;
import dev.langchain4j.rerank.RerankResult;
import dev.langchain4j.rerank.Reranker;
import dev.langchain4j.rerank.evaluation.EvaluationListener.Progress;
import dev.langchain4j.rerank.evaluation.EvaluationResult.Latency;
import dev.langchain4j.rerank.evaluation.EvaluationResult.Row;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Compares rerankers on the same judged queries and candidates, on quality and on latency.
 *
 * <p>Each configuration reranks the first {@code depth} candidates of each query, once for each depth; the candidates behind
 * keep their retrieval order, so that rows of different depths compare. The retrieval order itself is the first row. Only
 * judged queries are run; one that the candidates do not have counts as 0 in every mean.
 *
 * <p>Queries run one after another on the calling thread, so that the latency is that of a reranker without other load.
 * An evaluation is immutable and may be run again; it is as thread-safe as what it compares.
 */
public final class Evaluation {

    private final Run candidates;
    private final Qrels qrels;
    private final List<JudgedQuery> judgedQueries;
    private final Map<String, RerankFunction> configurations;
    private final List<Measure> measures;
    private final List<Integer> depths;
    private final int warmUps;
    private final LongSupplier nanoClock;
    private final List<EvaluationListener> listeners;

    private Evaluation(Builder builder, List<JudgedQuery> judgedQueries) {
        this.candidates = builder.candidates;
        this.qrels = builder.qrels;
        this.judgedQueries = judgedQueries;
        this.configurations = new LinkedHashMap<>(builder.configurations);
        this.measures = builder.measures;
        this.warmUps = builder.warmUps;
        this.nanoClock = builder.nanoClock;
        this.listeners = List.copyOf(builder.listeners);
        this.depths = builder.depths.isEmpty() ? List.of(deepest()) : builder.depths;
    }

    /**
     * Starts an evaluation.
     *
     * @param queries text by query id
     * @param candidates what the first stage found for each query, best first
     * @param texts text by document id, for every candidate of a judged query
     * @param qrels the judgements
     */
    public static Builder builder(Map<String, String> queries, Run candidates, Map<String, String> texts, Qrels qrels) {
        return new Builder(queries, candidates, texts, qrels);
    }

    /**
     * Runs every configuration at every depth.
     *
     * @throws IllegalStateException if a configuration fails or answers places that it was not given; names configuration,
     *     depth and query, with the configuration's exception as cause
     */
    public EvaluationResult run() {
        List<Row> rows = new ArrayList<>();
        rows.add(row("retrieval order", 0, candidates, null));
        configurations.forEach((name, function) -> {
            for (int depth : depths) {
                rows.add(run(name, function, depth));
            }
        });
        return new EvaluationResult(measures, rows, qrels.queryIds().size());
    }

    private Row run(String name, RerankFunction function, int depth) {
        for (int i = 0; i < warmUps; i++) {
            rerank(name, function, depth, judgedQueries.get(i % judgedQueries.size()));
        }
        Map<String, List<String>> rankings = new LinkedHashMap<>();
        List<Duration> latencies = new ArrayList<>();
        for (JudgedQuery query : judgedQueries) {
            Timed timed = rerank(name, function, depth, query);
            rankings.put(query.id(), timed.ranking());
            latencies.add(timed.latency());
            Progress progress = new Progress(name, depth, latencies.size(), judgedQueries.size(), timed.latency());
            listeners.forEach(listener -> listener.onProgress(progress));
        }
        return row(name, depth, Run.of(rankings), Latency.of(latencies));
    }

    private Timed rerank(String name, RerankFunction function, int depth, JudgedQuery query) {
        List<String> documents =
                query.documents().subList(0, Math.min(depth, query.documents().size()));
        try {
            long start = nanoClock.getAsLong();
            List<Integer> places = function.rerank(query.text(), documents);
            Duration latency = Duration.ofNanos(nanoClock.getAsLong() - start);
            return new Timed(reordered(query.ranking(), places, documents.size()), latency);
        } catch (RuntimeException e) {
            throw new IllegalStateException(
                    "configuration %s failed at depth %d on query %s".formatted(name, depth, query.id()), e);
        }
    }

    private static List<String> reordered(List<String> ranking, List<Integer> places, int depth) {
        Set<String> reordered = new LinkedHashSet<>();
        for (int place : places) {
            if (place < 0 || place >= depth) {
                throw new IllegalArgumentException(
                        "the function answered place %d for %d documents: places are from 0 to %d"
                                .formatted(place, depth, depth - 1));
            }
            if (!reordered.add(ranking.get(place))) {
                throw new IllegalArgumentException(
                        "the function answered place %d twice: each place at most once".formatted(place));
            }
        }
        reordered.addAll(ranking);
        return List.copyOf(reordered);
    }

    private Row row(String name, int depth, Run run, @Nullable Latency latency) {
        Map<Measure, Map<String, Double>> values = new HashMap<>();
        measures.forEach(measure -> values.put(measure, measure.perQuery(run, qrels)));
        return new Row(name, depth, latency, values);
    }

    private int deepest() {
        return judgedQueries.stream()
                .mapToInt(query -> query.ranking().size())
                .max()
                .orElseThrow();
    }

    /** A judged query that has candidates: their ids, best first, and their texts. */
    private record JudgedQuery(String id, String text, List<String> ranking, List<String> documents) {}

    private record Timed(List<String> ranking, Duration latency) {}

    /** Collects what is compared. Not thread-safe. */
    public static final class Builder {

        private final Map<String, String> queries;
        private final Run candidates;
        private final Map<String, String> texts;
        private final Qrels qrels;
        private final Map<String, RerankFunction> configurations = new LinkedHashMap<>();
        private final List<EvaluationListener> listeners = new ArrayList<>();
        private List<Measure> measures = List.of(Measure.ndcg(10), Measure.mrr(), Measure.map(), Measure.recall(10));
        private List<Integer> depths = List.of();
        private int warmUps = 1;
        private LongSupplier nanoClock = System::nanoTime;

        private Builder(Map<String, String> queries, Run candidates, Map<String, String> texts, Qrels qrels) {
            this.queries = queries;
            this.candidates = candidates;
            this.texts = texts;
            this.qrels = qrels;
        }

        /**
         * Compares a scoring model, ranked as {@link Reranker} ranks: by score, ties in retrieval order.
         *
         * @param name what the table calls it
         * @param model not owned, not closed
         */
        public Builder model(String name, ScoringModel model) {
            Reranker reranker = Reranker.builder(model).topK(Integer.MAX_VALUE).build();
            return function(
                    name,
                    (query, documents) -> reranker.rerank(query, documents).stream()
                            .map(RerankResult::index)
                            .toList());
        }

        /**
         * Compares anything that puts documents in order.
         *
         * @param name what the table calls it
         */
        public Builder function(String name, RerankFunction function) {
            if (configurations.putIfAbsent(name, function) != null) {
                throw new IllegalArgumentException(
                        "there is a configuration %s already: give each its name".formatted(name));
            }
            return this;
        }

        /**
         * Candidates that are reranked; a row each. Default: all that any query has.
         *
         * @param depths each at least 1, none twice
         */
        public Builder depths(int... depths) {
            for (int depth : depths) {
                if (depth < 1) {
                    throw new IllegalArgumentException("depth must be at least 1, got " + depth);
                }
            }
            this.depths = distinct("depths", IntStream.of(depths).boxed().toList());
            return this;
        }

        /** What quality is measured by; the first is the one that charts show. Default nDCG@10, MRR, MAP and recall@10. */
        public Builder measures(Measure... measures) {
            this.measures = distinct("measures", List.of(measures));
            return this;
        }

        /**
         * Calls that are not timed before those that are, so that loading and compilation do not count; they take the first
         * queries. Default 1 for each configuration and depth.
         *
         * @param warmUps at least 0
         */
        public Builder warmUps(int warmUps) {
            if (warmUps < 0) {
                throw new IllegalArgumentException("warmUps must be at least 0, got " + warmUps);
            }
            this.warmUps = warmUps;
            return this;
        }

        /** Tells the nanoseconds that latencies are the differences of. Default {@link System#nanoTime()}. */
        public Builder nanoClock(LongSupplier nanoClock) {
            this.nanoClock = nanoClock;
            return this;
        }

        /** Is told how far the evaluation is; may be given several times. Default none. */
        public Builder listener(EvaluationListener listener) {
            listeners.add(listener);
            return this;
        }

        /**
         * The evaluation, ready to run.
         *
         * @throws IllegalStateException if there is nothing to compare, no judged query has candidates, or a text is missing
         */
        public Evaluation build() {
            if (configurations.isEmpty()) {
                throw new IllegalStateException("nothing to compare: add a model(...) or a function(...)");
            }
            List<JudgedQuery> judgedQueries = qrels.queryIds().stream()
                    .filter(id -> !candidates.ranking(id).isEmpty())
                    .map(this::judgedQuery)
                    .toList();
            if (judgedQueries.isEmpty()) {
                throw new IllegalStateException(
                        "none of the %d judged queries has candidates: do judgements and run belong to the same collection?"
                                .formatted(qrels.queryIds().size()));
            }
            return new Evaluation(this, judgedQueries);
        }

        private JudgedQuery judgedQuery(String id) {
            String text = queries.get(id);
            if (text == null) {
                throw new IllegalStateException("query %s is judged but has no text: add it to queries".formatted(id));
            }
            List<String> ranking = candidates.ranking(id);
            List<String> documents =
                    ranking.stream().map(document -> text(id, document)).toList();
            return new JudgedQuery(id, text, ranking, documents);
        }

        private String text(String queryId, String documentId) {
            String text = texts.get(documentId);
            if (text == null) {
                throw new IllegalStateException(
                        "document %s is a candidate of query %s but has no text: add it to texts"
                                .formatted(documentId, queryId));
            }
            return text;
        }

        private static <T> List<T> distinct(String what, List<T> values) {
            if (values.isEmpty() || new HashSet<>(values).size() < values.size()) {
                throw new IllegalArgumentException(
                        "%s must be one at least and none twice, got %s".formatted(what, values));
            }
            return values;
        }
    }
}
