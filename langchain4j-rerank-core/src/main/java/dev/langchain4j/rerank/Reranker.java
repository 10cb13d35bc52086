package dev.langchain4j.rerank;

import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.scoring.ScoringModel;
import dev.langchain4j.rerank.internal.Arguments;
import dev.langchain4j.rerank.internal.ModelResponse;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A reranker of plain texts, outside of a retrieval pipeline. In a pipeline, use {@link RerankingContentAggregator}.
 *
 * <p>By default, the 5 best documents are returned. Thread-safe if the model is.
 */
public final class Reranker {

    private static final Comparator<RerankResult> BEST_FIRST =
            Comparator.comparingDouble(RerankResult::score).reversed();

    private final ScoringModel scoringModel;
    private final int topK;

    private Reranker(Builder builder) {
        this.scoringModel = builder.scoringModel;
        this.topK = builder.topK;
    }

    /**
     * Returns a builder.
     *
     * @param scoringModel scores the documents; not owned, not closed
     * @throws InvalidOptionException if it is null
     */
    public static Builder builder(ScoringModel scoringModel) {
        return new Builder(scoringModel);
    }

    /**
     * Scores all documents with one call of the model and returns the best.
     *
     * @param query the query; not blank
     * @param documents the documents; may be empty, then the model is not called. Blank ones are not sent: they come
     *     last, with a score of negative infinity
     * @return at most {@code topK} results, best first; equal scores keep the order of the input; unmodifiable
     * @throws IllegalArgumentException if the query is null or blank, or the list or a document is null
     * @throws InvalidScoresException if the model does not return one finite score per document
     */
    public List<RerankResult> rerank(String query, List<String> documents) {
        List<RerankResult> results = score(Arguments.query(query), Arguments.elements("document", documents));
        results.sort(BEST_FIRST);
        return List.copyOf(results.subList(0, Math.min(topK, results.size())));
    }

    private List<RerankResult> score(String query, List<String> documents) {
        List<RerankResult> results = new ArrayList<>(documents.size());
        List<TextSegment> segments = new ArrayList<>(documents.size());
        List<Integer> indexes = new ArrayList<>(documents.size());
        for (int i = 0; i < documents.size(); i++) {
            String document = documents.get(i);
            results.add(new RerankResult(document, Double.NEGATIVE_INFINITY, i));
            if (!document.isBlank()) {
                segments.add(TextSegment.from(document));
                indexes.add(i);
            }
        }
        if (segments.isEmpty()) {
            return results;
        }
        ModelResponse response =
                ModelResponse.of(scoringModel, scoringModel.scoreAll(List.copyOf(segments), query), segments.size());
        for (int i = 0; i < segments.size(); i++) {
            int index = indexes.get(i);
            results.set(index, new RerankResult(documents.get(index), response.score(i), index));
        }
        return results;
    }

    /** Options of a {@link Reranker}. */
    public static final class Builder {

        private final ScoringModel scoringModel;
        private int topK = 5;

        private Builder(ScoringModel scoringModel) {
            this.scoringModel =
                    Arguments.required("scoringModel", scoringModel, "pass the model that scores the documents");
        }

        /**
         * Maximum number of results. Every document is scored regardless. Default 5.
         *
         * @param topK at least 1; {@link Integer#MAX_VALUE} returns all
         * @throws InvalidOptionException if it is below 1
         */
        public Builder topK(int topK) {
            this.topK = Arguments.atLeast("topK", 1, topK);
            return this;
        }

        public Reranker build() {
            return new Reranker(this);
        }
    }
}
