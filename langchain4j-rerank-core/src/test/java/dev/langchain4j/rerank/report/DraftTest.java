package dev.langchain4j.rerank.report;

import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.rag.content.Content;
import dev.langchain4j.rag.content.ContentMetadata;
import dev.langchain4j.rag.query.Query;
import dev.langchain4j.rerank.RerankingContentAggregator;
import dev.langchain4j.rerank.ScoreScale;
import dev.langchain4j.rerank.testkit.FakeScoringModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DraftTest {
    @Test
    void draft() throws Exception {
        List<String> lines =
                Files.readAllLines(Path.of("../examples/src/main/resources/computing-history/passages.jsonl"));
        List<Content> contents = new ArrayList<>();
        Random random = new Random(5);
        for (int i = 0; i < 20; i++) {
            var node = new com.fasterxml.jackson.databind.ObjectMapper().readTree(lines.get(i));
            contents.add(Content.from(
                    TextSegment.from(
                            node.get("text").asText(),
                            dev.langchain4j.data.document.Metadata.from(
                                    "source", node.get("source").asText())),
                    Map.of(ContentMetadata.SCORE, 0.9 - 0.01 * i)));
        }
        FakeScoringModel model = new FakeScoringModel((t, q) -> random.nextGaussian() * 5 - 2);
        var ranking = RerankingContentAggregator.builder(model)
                .topK(5)
                .maxCandidates(18)
                .minScore(0)
                .build()
                .rank(Map.of(
                        Query.from("Why was Babbage's first Difference Engine never completed?"), List.of(contents)));
        RankingReport.builder(ranking).scale(ScoreScale.LOGIT).build().writeTo(Path.of("target/ranking.html"));
    }

    @Test
    void evaluation() throws Exception {
        Path c = dev.langchain4j.rerank.testkit.ReferenceData.require("cranfield");
        var collection = dev.langchain4j.rerank.evaluation.BeirCollection.of(c);
        var run = dev.langchain4j.rerank.evaluation.Run.readTrec(c.resolve("bm25.run"));
        Map<String, Double> logits = new java.util.HashMap<>();
        for (String l : Files.readAllLines(c.resolve("ms-marco-minilm-l12-int8.scores.tsv"))) {
            String[] p = l.split("\t", -1);
            if (!p[2].equals("logit")) logits.put(p[0] + " " + p[1], Double.parseDouble(p[2]));
        }
        Map<String, String> ids = new java.util.HashMap<>();
        run.documentIds().forEach(id -> ids.put(id, id));
        Map<String, String> queries = new java.util.HashMap<>();
        collection.queries().keySet().forEach(id -> queries.put(id, id));
        java.util.concurrent.atomic.AtomicLong now = new java.util.concurrent.atomic.AtomicLong();
        dev.langchain4j.rerank.evaluation.RerankFunction f = (q, ds) -> {
            now.addAndGet(ds.size() * 12_000_000L);
            return java.util.stream.IntStream.range(0, ds.size())
                    .boxed()
                    .sorted(java.util.Comparator.comparing(i -> -logits.get(q + " " + ds.get(i))))
                    .toList();
        };
        var result = dev.langchain4j.rerank.evaluation.Evaluation.builder(queries, run, ids, collection.qrels())
                .function("ms-marco-MiniLM-L12 int8", f)
                .function("half & half", (q, ds) -> {
                    now.addAndGet(ds.size() * 4_000_000L);
                    return f.rerank(q, ds.subList(0, (ds.size() + 1) / 2));
                })
                .depths(5, 10, 20, 30, 50)
                .nanoClock(now::get)
                .build()
                .run();
        System.out.println(result);
        EvaluationReport.builder(result).build().writeTo(Path.of("target/evaluation.html"));
    }
}
