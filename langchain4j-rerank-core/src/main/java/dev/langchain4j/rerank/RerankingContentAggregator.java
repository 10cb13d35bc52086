package dev.langchain4j.rerank;

import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.scoring.ScoringModel;
import dev.langchain4j.rag.content.Content;
import dev.langchain4j.rag.content.aggregator.ContentAggregator;
import dev.langchain4j.rag.query.Query;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The rerank step of LangChain4j's retrieval pipeline: fuses what the retrievers found, lets a model score it, and hands
 * on the best. Give it to {@code DefaultRetrievalAugmentor}.
 *
 * <p>By default it takes any number of queries and scores each content against those that found it, keeping the best
 * score; it scores the first 100 candidates and keeps the best 5. Each content that is handed on carries its score as
 * {@code ContentMetadata.RERANKED_SCORE} beside all metadata that came in. {@link #rank} tells the whole story instead.
 *
 * <p>Thread-safe if the model is.
 */
public final class RerankingContentAggregator implements ContentAggregator {

    private final ScoringModel scoringModel;
    private final CandidateFusion fusion = CandidateFusion.reciprocalRank(60);
    private final @Nullable Function<Map<Query, Collection<List<Content>>>, Query> querySelector;
    private final int maxCandidates;
    private final Ranker ranker;

    private RerankingContentAggregator(Builder builder) {
        this.scoringModel = builder.scoringModel;
        this.querySelector = builder.querySelector;
        this.maxCandidates = builder.maxCandidates;
        List<SelectionPolicy> steps = new ArrayList<>();
        if (builder.minScore != null) {
            steps.add(SelectionPolicy.minScore(builder.minScore));
        }
        steps.add(SelectionPolicy.topK(builder.topK));
        this.ranker = new Ranker(steps);
    }

    /**
     * Starts an aggregator.
     *
     * @param scoringModel scores the candidates; not owned, not closed
     */
    public static Builder builder(ScoringModel scoringModel) {
        return new Builder(scoringModel);
    }

    /**
     * Reranks.
     *
     * @param queryToContents what each retriever found for each query; not modified. May be empty, or hold empty lists
     *     only: then the answer is empty and no model is called
     * @return the best contents, best first; unmodifiable
     * @throws IllegalArgumentException if a list, a content or a text segment is null
     * @throws InvalidScoresException if the model does not return one finite score a content
     */
    @Override
    public List<Content> aggregate(Map<Query, Collection<List<Content>>> queryToContents) {
        return rank(queryToContents).kept().stream().map(RankedContent::content).toList();
    }

    /** Reranks as {@link #aggregate} does, and tells the whole story. */
    public Ranking rank(Map<Query, Collection<List<Content>>> queryToContents) {
        Objects.requireNonNull(queryToContents, "queryToContents is null: pass an empty map for no contents");
        Retrieval retrieval = Retrieval.of(queryToContents, fusion);
        if (retrieval.candidates().isEmpty()) {
            return new Ranking("", List.of(), List.of());
        }
        Shortlist shortlist = Shortlist.of(retrieval.candidates(), maxCandidates, false);
        Map<String, List<Integer>> placesByQuery = placesByQuery(queryToContents, retrieval, shortlist);
        ScoreSheet sheet = new ScoreSheet(shortlist.size());
        placesByQuery.forEach((query, places) -> score(query, places, shortlist, sheet));
        return ranker.rank(placesByQuery.keySet().iterator().next(), shortlist, sheet);
    }

    private Map<String, List<Integer>> placesByQuery(
            Map<Query, Collection<List<Content>>> queryToContents, Retrieval retrieval, Shortlist shortlist) {
        Query selected = querySelector == null ? null : querySelector.apply(queryToContents);
        if (querySelector != null && selected == null) {
            throw new IllegalStateException(
                    "querySelector returned null for %d queries; it must name one".formatted(queryToContents.size()));
        }
        Map<String, List<Integer>> placesByQuery = new LinkedHashMap<>();
        for (int place = 0; place < shortlist.size(); place++) {
            int number = place;
            if (selected != null) {
                placesByQuery
                        .computeIfAbsent(selected.text(), text -> new ArrayList<>())
                        .add(place);
            } else {
                shortlist.candidate(number).foundBy().stream()
                        .mapToObj(query -> retrieval.queries().get(query).text())
                        .distinct()
                        .forEach(text -> placesByQuery
                                .computeIfAbsent(text, unknown -> new ArrayList<>())
                                .add(number));
            }
        }
        return placesByQuery;
    }

    private void score(String query, List<Integer> places, Shortlist shortlist, ScoreSheet sheet) {
        List<TextSegment> segments = places.stream()
                .map(place -> shortlist.candidate(place).content().textSegment())
                .toList();
        Scores scores = Scores.of(scoringModel, scoringModel.scoreAll(segments, query), segments.size());
        for (int i = 0; i < places.size(); i++) {
            sheet.note(places.get(i), scores.value(i), scores.detail(i));
        }
    }

    /** Options of a {@link RerankingContentAggregator}. */
    public static final class Builder {

        private final ScoringModel scoringModel;
        private int topK = 5;
        private @Nullable Double minScore;
        private int maxCandidates = 100;
        private @Nullable Function<Map<Query, Collection<List<Content>>>, Query> querySelector;

        private Builder(ScoringModel scoringModel) {
            this.scoringModel = Objects.requireNonNull(
                    scoringModel, "scoringModel is null: an aggregator needs a model that scores");
        }

        /**
         * How many contents are handed on at most. Default 5.
         *
         * @param topK at least 1; {@link Integer#MAX_VALUE} hands on all
         */
        public Builder topK(int topK) {
            this.topK = Options.atLeastOne("topK", topK);
            return this;
        }

        /**
         * The lowest score that is handed on, on the reported scale. What a number means depends on the model: 0 is even
         * odds of a logit and the worst of a probability. Default: no minimum.
         *
         * @param minScore a finite number
         */
        public Builder minScore(double minScore) {
            this.minScore = Options.finite("minScore", minScore);
            return this;
        }

        /**
         * How many of the fused candidates are scored at all. The rest is dropped. Default 100.
         *
         * @param maxCandidates at least 1; {@link Integer#MAX_VALUE} scores all
         */
        public Builder maxCandidates(int maxCandidates) {
            this.maxCandidates = Options.atLeastOne("maxCandidates", maxCandidates);
            return this;
        }

        /**
         * Chooses one query that all contents are scored against. Default: none, each content is scored against the queries
         * that found it and keeps its best score.
         *
         * @param querySelector gets what {@link #aggregate} gets; may return a query that is not among them
         */
        public Builder querySelector(Function<Map<Query, Collection<List<Content>>>, Query> querySelector) {
            this.querySelector = Objects.requireNonNull(querySelector, "querySelector is null: leave it out instead");
            return this;
        }

        public RerankingContentAggregator build() {
            return new RerankingContentAggregator(this);
        }
    }
}
