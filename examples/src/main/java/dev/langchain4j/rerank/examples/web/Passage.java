package dev.langchain4j.rerank.examples.web;

import dev.langchain4j.data.document.Metadata;
import dev.langchain4j.rag.content.Content;
import dev.langchain4j.rerank.RankedContent;
import dev.langchain4j.rerank.TextWindow;
import dev.langchain4j.rerank.examples.ComputingHistory;
import dev.langchain4j.rerank.examples.KnowledgeBase;
import org.jspecify.annotations.Nullable;

/**
 * A candidate as shown on the page.
 *
 * @param retrievalRank from 1, which also identifies it
 * @param rank from 1
 * @param kept position among the passages in the prompt, from 1, by which it is cited; 0 if it is not in the prompt
 * @param retrievalScore the score of Milvus
 * @param rawScore the score of the reranker; null if there is none
 * @param score the reported score; null if it was not scored
 * @param stage the stage that ranked it
 * @param window the part of the text that gave the score; null for the whole text
 * @param truncated whether the reranker read only the beginning
 * @param dropReason the reason why it is not in the prompt; null if it is
 * @param selectable whether minimum score and top-k apply to it; otherwise it was dropped before
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
     * Creates a candidate of a ranking.
     *
     * @param kept position among the kept passages, from 1, or 0
     * @param selectable number of candidates that reached the selection
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

    /** Creates a candidate that was not reranked. */
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
