package dev.langchain4j.rerank.examples;

import dev.langchain4j.model.scoring.ScoringModel;
import dev.langchain4j.rag.content.Content;
import dev.langchain4j.rag.content.retriever.ContentRetriever;
import dev.langchain4j.rag.query.Query;
import dev.langchain4j.rerank.RerankingContentAggregator;
import dev.langchain4j.rerank.evaluation.Measure;
import dev.langchain4j.rerank.evaluation.Qrels;
import dev.langchain4j.rerank.evaluation.Run;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Retrieval alone beside retrieval with reranking, on the judged questions.
 *
 * @param retrieval passages as retrieval ordered them
 * @param reranked the same passages as the reranker ordered them
 */
record RetrievalComparison(Run retrieval, Run reranked) {

    private static final List<Measure> MEASURES = List.of(Measure.hit(1), Measure.mrr(), Measure.ndcg(10));

    static RetrievalComparison run(ContentRetriever retriever, ScoringModel scoringModel) {
        RerankingContentAggregator aggregator = RerankingContentAggregator.builder(scoringModel)
                .topK(Integer.MAX_VALUE)
                .build();
        Map<String, List<String>> retrieval = new LinkedHashMap<>();
        Map<String, List<String>> reranked = new LinkedHashMap<>();
        ComputingHistory.questions().forEach((id, question) -> {
            Query query = Query.from(question);
            List<Content> found = retriever.retrieve(query);
            retrieval.put(id, ids(found));
            reranked.put(id, ids(aggregator.aggregate(Map.of(query, List.of(found)))));
        });
        return new RetrievalComparison(Run.of(retrieval), Run.of(reranked));
    }

    /** Returns a table, one row per run. */
    @Override
    public String toString() {
        StringBuilder table = new StringBuilder("  %-20s".formatted(""));
        MEASURES.forEach(measure -> table.append("%9s".formatted(measure.name())));
        return table.append(row("retrieval alone", retrieval))
                .append(row("with reranking", reranked))
                .toString();
    }

    private static String row(String name, Run run) {
        Qrels judgements = ComputingHistory.judgements();
        StringBuilder row = new StringBuilder("%n  %-20s".formatted(name));
        MEASURES.forEach(measure -> row.append(String.format(Locale.ROOT, "%9.3f", measure.mean(run, judgements))));
        return row.toString();
    }

    private static List<String> ids(List<Content> contents) {
        return contents.stream()
                .map(content -> content.textSegment().metadata().getString(ComputingHistory.ID))
                .toList();
    }
}
