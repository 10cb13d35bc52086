package dev.langchain4j.rerank.examples.web;

import dev.langchain4j.data.document.Metadata;
import dev.langchain4j.rag.content.Content;
import dev.langchain4j.rerank.RankedContent;
import dev.langchain4j.rerank.TextWindow;
import dev.langchain4j.rerank.examples.ComputingHistory;
import dev.langchain4j.rerank.examples.KnowledgeBase;
import org.jspecify.annotations.Nullable;

/**
 * A candidate as the page shows it.
 *
 * @param retrievalRank from 1, which also identifies it
 * @param rank from 1
 * @param kept the place among the passages that the chat model got, from 1, as it is cited; 0 if it did not get it
 * @param retrievalScore what Milvus said
 * @param rawScore what the reranker said; null if it said nothing
 * @param score the reported score; null if it was not scored
 * @param stage who ranked it
 * @param window the part of the text that gave the score; null if the whole text did
 * @param truncated whether the reranker read the beginning only
 * @param dropReason why the chat model did not get it; null if it did
 * @param selectable whether minimum score and top-k decide over it; else it was dropped before they did
 */
record Passage(
        int retrievalRank,
        int rank,
        int kept,
        String title,
        String source,
        String text,
        double retrievalScore,
        @Nullable Double rawScore,
        @Nullable Double score,
        String stage,
        @Nullable TextWindow window,
        boolean truncated,
        @Nullable String dropReason,
        boolean selectable) {

    /**
     * A candidate of a ranking.
     *
     * @param kept the place among what is kept, from 1, or 0
     * @param selectable how many candidates got as far as the selection
     */
    static Passage of(RankedContent ranked, int kept, int selectable) {
        return new Passage(
                ranked.retrievalRank(),
                ranked.rank(),
                kept,
                metadata(ranked.content(), ComputingHistory.TITLE),
                metadata(ranked.content(), ComputingHistory.SOURCE),
                ranked.content().textSegment().text(),
                KnowledgeBase.score(ranked.content()),
                ranked.rawScore(),
                ranked.score(),
                ranked.detail().stage(),
                ranked.detail().bestWindow(),
                ranked.detail().truncated(),
                ranked.dropReason(),
                ranked.rank() <= selectable);
    }

    /** A candidate that nobody reranked. */
    static Passage retrieved(Content content, int rank, int topK) {
        boolean kept = rank <= topK;
        return new Passage(
                rank,
                rank,
                kept ? rank : 0,
                metadata(content, ComputingHistory.TITLE),
                metadata(content, ComputingHistory.SOURCE),
                content.textSegment().text(),
                KnowledgeBase.score(content),
                null,
                null,
                "retrieval",
                null,
                false,
                kept ? null : "beyond top " + topK,
                true);
    }

    private static String metadata(Content content, String key) {
        Metadata metadata = content.textSegment().metadata();
        String value = metadata.getString(key);
        return value == null ? "" : value;
    }
}
