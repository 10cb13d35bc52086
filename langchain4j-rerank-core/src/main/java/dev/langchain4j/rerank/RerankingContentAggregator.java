package dev.langchain4j.rerank;

import dev.langchain4j.model.scoring.ScoringModel;
import dev.langchain4j.rag.content.Content;
import dev.langchain4j.rag.content.aggregator.ContentAggregator;
import dev.langchain4j.rag.query.Query;
import dev.langchain4j.rerank.internal.Arguments;
import dev.langchain4j.rerank.internal.Futures;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The rerank step of LangChain4j's retrieval pipeline: fuses the retrieved contents, scores them with a model and
 * passes the best on. Give it to {@code DefaultRetrievalAugmentor}.
 *
 * <p>By default it accepts any number of queries and scores each content against those that found it, keeping the best
 * score. It scores the first 100 candidates and keeps the best 5. It waits as long as the model takes, and throws the
 * model's exceptions. Each content that is passed on carries its score as {@code ContentMetadata.RERANKED_SCORE} beside
 * all metadata of the retrieved content. {@link #rank} returns the full {@link Ranking} instead.
 *
 * <p>The model is called once per query, with all candidates of that query. Under a {@code timeout}, a model that is
 * neither {@linkplain ProgressiveScoringModel progressive} nor {@linkplain ScaledScoringModel#listwise() listwise} is
 * called with a few texts at a time. Without a {@code timeout}, a sync call runs the model on the caller's thread.
 *
 * <p>Thread-safe if the model is; one instance serves all queries. It owns nothing that needs closing.
 */
public final class RerankingContentAggregator implements ContentAggregator {

    private final Pipeline pipeline;

    private RerankingContentAggregator(Pipeline pipeline) {
        this.pipeline = pipeline;
    }

    /**
     * Returns a builder.
     *
     * @param scoringModel scores the candidates; not owned, not closed
     * @throws InvalidOptionException if it is null
     */
    public static Builder builder(ScoringModel scoringModel) {
        return new Builder(scoringModel);
    }

    /**
     * Reranks.
     *
     * @param queryToContents the lists that the retrievers found for each query; not modified. May be empty, or contain
     *     empty lists only: then the result is empty and the model is not called
     * @return the best contents, best first unless a selection step changes the order; unmodifiable
     * @throws IllegalArgumentException if the map, a list, a content or a text segment is null
     * @throws InvalidScoresException if the model does not return one finite score per content
     * @throws dev.langchain4j.exception.TimeoutException at the deadline, under {@link FailurePolicy#THROW}
     * @throws java.util.concurrent.CancellationException if the thread is interrupted while it waits, under {@link
     *     FailurePolicy#THROW}; its interrupt flag is set again
     */
    @Override
    public List<Content> aggregate(Map<Query, Collection<List<Content>>> queryToContents) {
        return contents(rank(queryToContents));
    }

    /**
     * Reranks as {@link #aggregate} does, without a waiting thread. A model with an async path is called through it;
     * any other runs on the {@code executor}.
     *
     * @return completes with the result or the exception of {@link #aggregate}. Cancelling it stops the work and
     *     cancels the calls of the model
     */
    @Override
    public CompletableFuture<List<Content>> aggregateAsync(Map<Query, Collection<List<Content>>> queryToContents) {
        CompletableFuture<Ranking> ranking = rankAsync(queryToContents);
        CompletableFuture<List<Content>> contents = new CompletableFuture<>();
        Futures.forward(ranking.thenApply(RerankingContentAggregator::contents), contents);
        Futures.cancelWith(contents, ranking);
        return contents;
    }

    /** Reranks as {@link #aggregate} does, and returns the full ranking. */
    public Ranking rank(Map<Query, Collection<List<Content>>> queryToContents) {
        RankingCall call = pipeline.open(queryToContents, false);
        return call == null ? Ranking.empty() : call.now();
    }

    /** Reranks as {@link #aggregateAsync} does, and returns the full ranking. */
    public CompletableFuture<Ranking> rankAsync(Map<Query, Collection<List<Content>>> queryToContents) {
        try {
            RankingCall call = pipeline.open(queryToContents, true);
            return call == null ? CompletableFuture.completedFuture(Ranking.empty()) : call.later();
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private static List<Content> contents(Ranking ranking) {
        return ranking.kept().stream().map(RankedContent::content).toList();
    }

    /** Options of a {@link RerankingContentAggregator}. */
    public static final class Builder {

        private final ScoringModel scoringModel;
        private int topK = 5;
        private @Nullable Double minScore;
        private int maxCandidates = 100;
        private CandidateFusion fusion = CandidateFusion.reciprocalRank(60);
        private @Nullable Function<Map<Query, Collection<List<Content>>>, Query> querySelector;
        private boolean collapseDuplicates;
        private @Nullable TextTemplate textTemplate;
        private @Nullable Duration timeout;
        private FailurePolicy onFailure = FailurePolicy.THROW;
        private Executor executor = Threads.models();
        private ScoreNormalizer normalizer = ScoreNormalizer.none();
        private ScoreCombiner combiner = ScoreCombiner.rerankOnly();
        private List<SelectionPolicy> selection = List.of();
        private final List<RerankListener> listeners = new ArrayList<>();
        private Timer timer = Timer.system();

        private Builder(ScoringModel scoringModel) {
            this.scoringModel =
                    Arguments.required("scoringModel", scoringModel, "pass the model that scores the candidates");
        }

        /**
         * Maximum number of contents that are passed on. Default 5.
         *
         * @param topK at least 1; {@link Integer#MAX_VALUE} passes all on
         * @throws InvalidOptionException if it is below 1
         */
        public Builder topK(int topK) {
            this.topK = Arguments.atLeast("topK", 1, topK);
            return this;
        }

        /**
         * Minimum score of contents that are passed on, on the reported scale, which is the model's unless a {@code
         * normalizer} or a {@code combiner} is set: 0 is even odds on a logit scale and the minimum of a probability.
         * Applied before the steps of {@code selection}. Contents that were not scored are exempt. Default: no minimum.
         *
         * @param minScore a finite number
         * @throws InvalidOptionException if it is not finite
         */
        public Builder minScore(double minScore) {
            this.minScore = Arguments.finite("minScore", minScore);
            return this;
        }

        /**
         * Maximum number of fused candidates that are scored. The rest is dropped. Default 100.
         *
         * @param maxCandidates at least 1; {@link Integer#MAX_VALUE} scores all
         * @throws InvalidOptionException if it is below 1
         */
        public Builder maxCandidates(int maxCandidates) {
            this.maxCandidates = Arguments.atLeast("maxCandidates", 1, maxCandidates);
            return this;
        }

        /**
         * The fusion of the lists of several retrievers and queries into one order. It decides which candidates are
         * among the {@code maxCandidates}, how ties are broken, and the order of contents that are not scored. Default
         * {@code CandidateFusion.reciprocalRank(60)}.
         */
        public Builder fusion(CandidateFusion fusion) {
            this.fusion = Arguments.required("fusion", fusion, "leave it out for reciprocal rank fusion");
            return this;
        }

        /**
         * Selects one query that all contents are scored against, for instance {@link
         * QuerySelector#originalUserMessage()}. Default: none, each content is scored against the queries that found it
         * and keeps its best score.
         *
         * @param querySelector receives the argument of {@link #aggregate}; may return a query that is not among them
         */
        public Builder querySelector(Function<Map<Query, Collection<List<Content>>>, Query> querySelector) {
            this.querySelector =
                    Arguments.required("querySelector", querySelector, "leave it out to score against every query");
            return this;
        }

        /**
         * Whether contents with the same text but different metadata count as one: the first in retrieval order is
         * scored, against all queries that found any of them, and the others are dropped. Contents that are equal in
         * text and metadata always count as one. Default {@code false}.
         */
        public Builder collapseDuplicates(boolean collapseDuplicates) {
            this.collapseDuplicates = collapseDuplicates;
            return this;
        }

        /**
         * Template of the text that the model reads, in LangChain4j's template syntax: {@code {{text}}} is the text,
         * any other variable the value of that metadata key, for instance <code>{{title}}\n{{text}}</code>. A line
         * whose variables are all missing is omitted. Contents are passed on unchanged. Default: the text alone.
         *
         * @param textTemplate contains {@code {{text}}}
         * @throws InvalidOptionException if it does not
         */
        public Builder textTemplate(String textTemplate) {
            this.textTemplate = TextTemplate.of(
                    Arguments.required("textTemplate", textTemplate, "leave it out to score the text alone"));
            return this;
        }

        /**
         * Maximum duration of a reranking. At the deadline the calls of the model are cancelled and {@code onFailure}
         * decides. The caller gets its answer at most 50 ms later, even if the model hangs. Default: no limit.
         *
         * @param timeout above zero
         * @throws InvalidOptionException if it is not
         */
        public Builder timeout(Duration timeout) {
            this.timeout = Arguments.positive("timeout", timeout);
            return this;
        }

        /** The reaction to a model that fails or misses the deadline. Default {@link FailurePolicy#THROW}. */
        public Builder onFailure(FailurePolicy onFailure) {
            this.onFailure = Arguments.required("onFailure", onFailure, "choose THROW or KEEP_RETRIEVAL_ORDER");
            return this;
        }

        /**
         * Executor of the model when the caller does not wait for it on its own thread: under a {@code timeout}, and in
         * async calls of a model that has no async path. Uses one thread per query at a time. Default: a pool of daemon
         * threads that all aggregators share, which grows on demand to 1,024 and then refuses.
         *
         * @param executor not owned, not shut down; if it refuses a call, that counts as a failure of the model
         */
        public Builder executor(Executor executor) {
            this.executor = Arguments.required("executor", executor, "leave it out for the shared pool");
            return this;
        }

        /** Conversion of raw scores into reported scores. Default {@link ScoreNormalizer#none()}. */
        public Builder normalizer(ScoreNormalizer normalizer) {
            this.normalizer = Arguments.required("normalizer", normalizer, "leave it out to report raw scores");
            return this;
        }

        /** Combination of the rerank score with the retrieval score. Default {@link ScoreCombiner#rerankOnly()}. */
        public Builder combiner(ScoreCombiner combiner) {
            this.combiner = Arguments.required("combiner", combiner, "leave it out to rank by the model alone");
            return this;
        }

        /**
         * Further steps that decide which contents are kept and how they are arranged. The order is: {@code minScore},
         * these steps as given, {@code topK}, and then those of these steps that only {@linkplain
         * SelectionPolicy#arranges() arrange}. Default: no further step.
         */
        public Builder selection(SelectionPolicy... steps) {
            this.selection = List.of(Arguments.required("selection", steps, "leave it out for no further step"));
            return this;
        }

        /** Adds a listener that is notified of every reranking. Can be called several times. Default: none. */
        public Builder listener(RerankListener listener) {
            this.listeners.add(Arguments.required("listener", listener, "leave it out for no listener"));
            return this;
        }

        Builder timer(Timer timer) {
            this.timer = timer;
            return this;
        }

        public RerankingContentAggregator build() {
            return new RerankingContentAggregator(new Pipeline(
                    fusion,
                    querySelector,
                    maxCandidates,
                    collapseDuplicates,
                    topK,
                    new ScoringSettings(scoringModel, textTemplate, timeout, executor, onFailure, timer),
                    new RankingAssembler(
                            scoringModel instanceof ScaledScoringModel scaled
                                    ? scaled.scoreScale()
                                    : ScoreScale.RELATIVE,
                            normalizer,
                            combiner,
                            steps(),
                            onFailure),
                    new Listeners(listeners),
                    new DegradationWarning(timer)));
        }

        private List<SelectionPolicy> steps() {
            List<SelectionPolicy> steps = new ArrayList<>();
            if (minScore != null) {
                steps.add(SelectionPolicy.minScore(minScore));
            }
            selection.stream().filter(step -> !step.arranges()).forEach(steps::add);
            steps.add(SelectionPolicy.topK(topK));
            selection.stream().filter(SelectionPolicy::arranges).forEach(steps::add);
            return steps;
        }
    }
}
