package dev.langchain4j.rerank.evaluation;

import java.util.List;

/** Anything that puts documents in order for a query: a pipeline, a service, a rule. */
@FunctionalInterface
public interface RerankFunction {

    /**
     * Ranks the documents.
     *
     * @param query the query's text
     * @param documents the candidates' texts in retrieval order, unmodifiable
     * @return places in {@code documents}, from 0, best first, each at most once; documents left out follow behind in
     *     retrieval order
     */
    List<Integer> rerank(String query, List<String> documents);
}
