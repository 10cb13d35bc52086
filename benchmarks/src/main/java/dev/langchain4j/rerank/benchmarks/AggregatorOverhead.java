package dev.langchain4j.rerank.benchmarks;

import dev.langchain4j.data.document.Metadata;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.output.Response;
import dev.langchain4j.model.scoring.ScoringModel;
import dev.langchain4j.rag.content.Content;
import dev.langchain4j.rag.content.ContentMetadata;
import dev.langchain4j.rag.query.Query;
import dev.langchain4j.rerank.RerankingContentAggregator;
import dev.langchain4j.rerank.ScoreNormalizer;
import dev.langchain4j.rerank.SelectionPolicy;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The overhead of the aggregator: the model returns at once, with scores drawn in advance. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class AggregatorOverhead {

    @Param({"1000", "10000"})
    int candidates;

    private RerankingContentAggregator plain;
    private RerankingContentAggregator selecting;
    private Map<Query, Collection<List<Content>>> oneRetriever;
    private Map<Query, Collection<List<Content>>> twoRetrievers;

    @Setup
    public void setUp() {
        Random random = new Random(42);
        List<Double> scores = random.doubles(candidates, -10, 10).boxed().toList();
        ScoringModel model = (segments, query) -> Response.from(scores);
        plain = RerankingContentAggregator.builder(model)
                .maxCandidates(Integer.MAX_VALUE)
                .build();
        selecting = RerankingContentAggregator.builder(model)
                .maxCandidates(Integer.MAX_VALUE)
                .normalizer(ScoreNormalizer.sigmoid())
                .minScore(0.1)
                .selection(SelectionPolicy.perSource("source", 3), SelectionPolicy.scoreGap(3, 20))
                .build();
        List<Content> contents = IntStream.range(0, candidates)
                .mapToObj(AggregatorOverhead::content)
                .toList();
        oneRetriever = Map.of(Query.from("query"), List.of(contents));
        // the second list contains three quarters of the first
        twoRetrievers = Map.of(Query.from("query"), List.of(contents, contents.subList(candidates / 4, candidates)));
    }

    private static Content content(int number) {
        return Content.from(
                TextSegment.from(
                        "passage number " + number,
                        Metadata.from("source", "document " + number / 10).put("index", number % 10)),
                Map.of(ContentMetadata.SCORE, 1.0 / (number + 1), ContentMetadata.EMBEDDING_ID, "id " + number));
    }

    @Benchmark
    public List<Content> oneRetriever() {
        return plain.aggregate(oneRetriever);
    }

    @Benchmark
    public List<Content> twoRetrievers() {
        return plain.aggregate(twoRetrievers);
    }

    @Benchmark
    public List<Content> twoRetrieversAndSelection() {
        return selecting.aggregate(twoRetrievers);
    }
}
