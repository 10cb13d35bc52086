package dev.langchain4j.rerank.evaluation;

import dev.langchain4j.model.scoring.ScoringModel;
import dev.langchain4j.rerank.InvalidOptionException;
import dev.langchain4j.rerank.RerankResult;
import dev.langchain4j.rerank.Reranker;
import dev.langchain4j.rerank.evaluation.EvaluationListener.Progress;
import dev.langchain4j.rerank.evaluation.EvaluationResult.Latency;
import dev.langchain4j.rerank.evaluation.EvaluationResult.Row;
import dev.langchain4j.rerank.internal.Arguments;
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
 * A comparison of rerankers by quality and latency, on the same judged queries and candidates.
 *
 * <p>Each configuration reranks the first {@code depth} candidates of each query, once for each depth. The candidates
 * after them keep their retrieval order, so that rows of different depths are comparable. The first row is the
 * retrieval order itself. Only judged queries are run; a judged query without candidates counts as 0 in every mean.
 *
 * <p>Queries run one after another on the calling thread, so that the latency is that of a reranker without other load.
 * An evaluation is immutable and may be run several times; it is as thread-safe as the configurations that it compares.
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
     * Returns a builder.
     *
     * @param queries text by query id
     * @param candidates the results of the first-stage search for each query, best first
     * @param texts text by document id, for every candidate of a judged query
     * @param qrels the judgements
     */
    public static Builder builder(Map<String, String> queries, Run candidates, Map<String, String> texts, Qrels qrels) {
        return new Builder(queries, candidates, texts, qrels);
    }

    /**
     * Runs every configuration at every depth.
     *
     * @throws IllegalStateException if a configuration fails or returns invalid indexes; the message names
     *     configuration, depth and query, and the cause is the exception of the configuration
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
            List<Integer> indexes = function.rerank(query.text(), documents);
            Duration latency = Duration.ofNanos(nanoClock.getAsLong() - start);
            return new Timed(reordered(query.ranking(), indexes, documents.size()), latency);
        } catch (RuntimeException e) {
            throw new IllegalStateException(
                    "configuration %s failed at depth %d on query %s".formatted(name, depth, query.id()), e);
        }
    }

    private static List<String> reordered(List<String> ranking, List<Integer> indexes, int depth) {
        Set<String> reordered = new LinkedHashSet<>();
        for (int index : indexes) {
            if (index < 0 || index >= depth) {
                throw new IllegalArgumentException(
                        "the function returned index %d for %d documents: return indexes from 0 to %d"
                                .formatted(index, depth, depth - 1));
            }
            if (!reordered.add(ranking.get(index))) {
                throw new IllegalArgumentException(
                        "the function returned index %d twice: return each index at most once".formatted(index));
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

    /** A judged query that has candidates, with their ids and texts, best first. */
    private record JudgedQuery(String id, String text, List<String> ranking, List<String> documents) {}

    private record Timed(List<String> ranking, Duration latency) {}

    /** Options of an {@link Evaluation}. Not thread-safe. */
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
            this.queries = Arguments.required("queries", queries, "pass the text of each query by its id");
            this.candidates = Arguments.required("candidates", candidates, "pass the results of your search");
            this.texts = Arguments.required("texts", texts, "pass the text of each document by its id");
            this.qrels = Arguments.required("qrels", qrels, "pass the judgements");
        }

        /**
         * Adds a scoring model, ranked as {@link Reranker} ranks: by score, ties in retrieval order.
         *
         * @param name the name in the table
         * @param model not owned, not closed
         */
        public Builder model(String name, ScoringModel model) {
            ScoringModel compared = Arguments.required("model", model, "pass the scoring model to compare");
            Reranker reranker =
                    Reranker.builder(compared).topK(Integer.MAX_VALUE).build();
            return function(
                    name,
                    (query, documents) -> reranker.rerank(query, documents).stream()
                            .map(RerankResult::index)
                            .toList());
        }

        /**
         * Adds any function that ranks documents.
         *
         * @param name the name in the table
         */
        public Builder function(String name, RerankFunction function) {
            Arguments.notBlank("name", name, "pass the name that the table shows");
            Arguments.required("function", function, "pass the function that ranks the documents");
            if (configurations.putIfAbsent(name, function) != null) {
                throw new InvalidOptionException(
                        "name",
                        "a configuration %s already exists: give each configuration its own name".formatted(name));
            }
            return this;
        }

        /**
         * Numbers of candidates that are reranked, with one row for each. Default: the largest number of candidates of
         * any query.
         *
         * @param depths each at least 1, without duplicates
         */
        public Builder depths(int... depths) {
            Arguments.required("depths", depths, "omit the call to rerank all candidates");
            for (int depth : depths) {
                Arguments.atLeast("depths", 1, depth);
            }
            this.depths = distinct("depths", IntStream.of(depths).boxed().toList());
            return this;
        }

        /** Quality measures; charts show the first. Default nDCG@10, MRR, MAP and recall@10. */
        public Builder measures(Measure... measures) {
            String remedy = "pass measures, for instance Measure.ndcg(10)";
            for (Measure measure : Arguments.required("measures", measures, remedy)) {
                Arguments.required("measures", measure, remedy);
            }
            this.measures = distinct("measures", List.of(measures));
            return this;
        }

        /**
         * Number of untimed calls before the timed ones, so that loading and compilation are not measured. They use the
         * first queries. Default 1 for each configuration and depth.
         *
         * @param warmUps at least 0
         */
        public Builder warmUps(int warmUps) {
            this.warmUps = Arguments.atLeast("warmUps", 0, warmUps);
            return this;
        }

        /** The clock, in nanoseconds, of the latencies. For tests. */
        Builder nanoClock(LongSupplier nanoClock) {
            this.nanoClock = nanoClock;
            return this;
        }

        /** Listener that is notified of progress; may be called several times to add more. Default none. */
        public Builder listener(EvaluationListener listener) {
            listeners.add(Arguments.required("listener", listener, "omit the call if there is no listener"));
            return this;
        }

        /**
         * Builds the evaluation.
         *
         * @throws InvalidOptionException if there is no configuration, no judged query has candidates, or a text is
         *     missing
         */
        public Evaluation build() {
            if (configurations.isEmpty()) {
                throw new InvalidOptionException("model", "nothing to compare: add a model(...) or a function(...)");
            }
            List<JudgedQuery> judgedQueries = qrels.queryIds().stream()
                    .filter(id -> !candidates.ranking(id).isEmpty())
                    .map(this::judgedQuery)
                    .toList();
            if (judgedQueries.isEmpty()) {
                throw new InvalidOptionException(
                        "candidates",
                        "none of the %d judged queries has candidates: use judgements and a run of the same collection"
                                .formatted(qrels.queryIds().size()));
            }
            return new Evaluation(this, judgedQueries);
        }

        private JudgedQuery judgedQuery(String id) {
            String text = queries.get(id);
            if (text == null) {
                throw new InvalidOptionException(
                        "queries", "query %s is judged but has no text: add it to queries".formatted(id));
            }
            List<String> ranking = candidates.ranking(id);
            List<String> documents =
                    ranking.stream().map(document -> text(id, document)).toList();
            return new JudgedQuery(id, text, ranking, documents);
        }

        private String text(String queryId, String documentId) {
            String text = texts.get(documentId);
            if (text == null) {
                throw new InvalidOptionException(
                        "texts",
                        "document %s is a candidate of query %s but has no text: add it to texts"
                                .formatted(documentId, queryId));
            }
            return text;
        }

        private static <T> List<T> distinct(String option, List<T> values) {
            if (values.isEmpty() || new HashSet<>(values).size() < values.size()) {
                throw new InvalidOptionException(
                        option,
                        "%s must have at least one element and no duplicates, got %s".formatted(option, values));
            }
            return values;
        }
    }
}
