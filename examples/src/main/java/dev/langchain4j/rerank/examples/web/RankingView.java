package dev.langchain4j.rerank.examples.web;

import dev.langchain4j.exception.TimeoutException;
import dev.langchain4j.rag.content.Content;
import dev.langchain4j.rerank.RankedContent;
import dev.langchain4j.rerank.Ranking;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A ranking as shown on the page.
 *
 * @param id the id of its report; null if it was not reranked
 * @param scale of the raw scores: {@code logit}, {@code probability} or {@code relative}; null if there are none
 * @param maxTokens maximum number of tokens of question and passage; 0 if it is not known
 * @param notScored the reason why kept candidates have no score, in a word; null if all have one
 * @param banner the problem, in a sentence; null if there is none
 * @param passages in retrieval order
 */
record RankingView(
        @Nullable String id,
        @Nullable String scale,
        int maxTokens,
        @Nullable String notScored,
        @Nullable String banner,
        List<Passage> passages) {

    /** Returns the view of retrieved passages that are not reranked. */
    static RankingView retrieved(List<Content> contents, int topK) {
        List<Passage> passages = new ArrayList<>();
        for (Content content : contents) {
            passages.add(Passage.retrieved(content, passages.size() + 1, topK));
        }
        return new RankingView(null, null, 0, null, null, passages);
    }

    /**
     * Creates the view of a ranking.
     *
     * @param selectable number of candidates that reached the selection
     */
    static RankingView of(String id, Ranking ranking, RerankerChoice reranker, int selectable, long timeoutMillis) {
        List<Passage> passages = new ArrayList<>();
        int kept = 0;
        for (RankedContent content : ranking.kept()) {
            passages.add(Passage.of(content, ++kept, selectable));
        }
        ranking.dropped().forEach(content -> passages.add(Passage.of(content, 0, selectable)));
        passages.sort(Comparator.comparingInt(Passage::retrievalRank));
        boolean late = ranking.degradedBy() instanceof TimeoutException;
        return new RankingView(
                id,
                switch (reranker.scale()) {
                    case LOGIT -> "logit";
                    case PROBABILITY -> "probability";
                    case RELATIVE -> "relative";
                },
                reranker.maxTokens(),
                ranking.degraded() ? (late ? "deadline" : "failure") : null,
                ranking.degraded() ? banner(passages, selectable, late ? timeoutMillis : null) : null,
                passages);
    }

    private static String banner(List<Passage> passages, int candidates, @Nullable Long timeoutMillis) {
        long scored =
                passages.stream().filter(passage -> passage.score() != null).count();
        return "%s; %s in retrieval order, minimum score not applied"
                .formatted(
                        timeoutMillis == null
                                ? "reranker failed after %d of %d".formatted(scored, candidates)
                                : "reranker scored %d of %d within %d ms".formatted(scored, candidates, timeoutMillis),
                        scored == 0 ? "all" : "the rest");
    }
}
