package dev.langchain4j.rerank.evaluation;

import java.util.List;

/** A ranking function to evaluate: a pipeline, a service or a rule. */
@FunctionalInterface
public interface RerankFunction {

    /**
     * Ranks the documents.
     *
     * @param query the text of the query
     * @param documents the texts of the candidates in retrieval order, unmodifiable
     * @return indexes into {@code documents}, from 0, best first, without duplicates; omitted documents follow in
     *     retrieval order
     */
    List<Integer> rerank(String query, List<String> documents);
}
