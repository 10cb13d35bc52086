package dev.langchain4j.rerank;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.output.Response;
import dev.langchain4j.model.scoring.ScoringModel;
import dev.langchain4j.rag.content.Content;
import dev.langchain4j.rag.query.Query;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** 10,000 calls from 64 threads on one aggregator. Scores tell the pair that they belong to, so that a mix-up shows. */
class ConcurrencyTest {

    private static final int THREADS = 64;
    private static final int CALLS = 10_000;

    static Stream<Named<RerankingContentAggregator>> aggregators() {
        return Stream.of(
                Named.of(
                        "on the caller's thread",
                        RerankingContentAggregator.builder(new PairModel())
                                .topK(Integer.MAX_VALUE)
                                .build()),
                Named.of(
                        "with a deadline",
                        RerankingContentAggregator.builder(new PairModel())
                                .topK(Integer.MAX_VALUE)
                                .timeout(Duration.ofMinutes(5))
                                .build()),
                Named.of(
                        "with a deadline, progressively",
                        RerankingContentAggregator.builder(new ProgressivePairModel())
                                .topK(Integer.MAX_VALUE)
                                .timeout(Duration.ofMinutes(5))
                                .build()));
    }

    @ParameterizedTest
    @MethodSource("aggregators")
    void pairs_scores_and_contents_rightly(RerankingContentAggregator aggregator) throws Exception {
        ExecutorService executor = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<?>> calls = new ArrayList<>();
            for (int call = 0; call < CALLS; call++) {
                int number = call;
                calls.add(executor.submit(() -> rankAndCheck(aggregator, number)));
            }
            for (Future<?> call : calls) {
                call.get(5, TimeUnit.MINUTES);
            }
        } finally {
            executor.shutdownNow();
        }
    }

    private static void rankAndCheck(RerankingContentAggregator aggregator, int number) {
        Map<Query, Collection<List<Content>>> found = Map.of(
                Query.from("query " + number), List.of(contents(number, 0, 6), contents(number, 3, 9)),
                Query.from("variation " + number), List.of(contents(number, 5, 10)));

        Ranking ranking = aggregator.rank(found);

        assertThat(ranking.kept()).hasSize(10);
        assertThat(ranking.degraded()).isFalse();
        for (RankedContent content : ranking.kept()) {
            String text = content.content().textSegment().text();
            int place = (int) TestContents.numberIn(text);
            double expected = Stream.of("query ", "variation ")
                    .filter(query -> query.equals("query ") ? place < 9 : place >= 5)
                    .mapToDouble(query -> scoreOf(text, query + number))
                    .max()
                    .orElseThrow();
            assertThat(content.score()).isEqualTo(expected);
        }
    }

    private static List<Content> contents(int call, int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(place -> Content.from("call " + call + " text " + place))
                .toList();
    }

    private static double scoreOf(String text, String query) {
        return Arrays.hashCode(new Object[] {text, query});
    }

    private static class PairModel implements ScoringModel {

        @Override
        public Response<List<Double>> scoreAll(List<TextSegment> segments, String query) {
            return Response.from(segments.stream()
                    .map(segment -> scoreOf(segment.text(), query))
                    .toList());
        }
    }

    private static final class ProgressivePairModel extends PairModel implements ProgressiveScoringModel {

        private static final Executor WORKERS = Executors.newFixedThreadPool(4, Threads.daemons("worker"));

        @Override
        public CompletableFuture<Void> scoreEach(List<String> texts, String query, ScoreSink sink) {
            return CompletableFuture.allOf(
                    CompletableFuture.runAsync(() -> scoreEverySecond(0, texts, query, sink), WORKERS),
                    CompletableFuture.runAsync(() -> scoreEverySecond(1, texts, query, sink), WORKERS));
        }

        private static void scoreEverySecond(int first, List<String> texts, String query, ScoreSink sink) {
            for (int index = first; index < texts.size(); index += 2) {
                sink.accept(index, scoreOf(texts.get(index), query));
            }
        }
    }
}
