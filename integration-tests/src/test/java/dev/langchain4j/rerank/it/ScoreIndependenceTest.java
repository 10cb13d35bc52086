package dev.langchain4j.rerank.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.rerank.local.msmarcominilml12v2q.MsMarcoMiniLmL12V2QuantizedScoringModel;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Dynamic int8 quantisation derives its scale from the whole batch; the score of a pair must not depend on the batch,
 * bit for bit.
 */
class ScoreIndependenceTest {

    private static final String QUERY = "Who built the first calculating machines?";
    private static final int THREADS = 4;

    @Test
    void a_pair_scores_the_same_alone_in_any_list_at_any_place_and_from_any_thread()
            throws InterruptedException, ExecutionException {
        List<TextSegment> segments = segments();
        try (var model = new MsMarcoMiniLmL12V2QuantizedScoringModel()) {
            List<Double> alone = segments.stream()
                    .map(segment -> model.score(segment, QUERY).content())
                    .toList();
            List<Integer> places =
                    new ArrayList<>(IntStream.range(0, segments.size()).boxed().toList());
            ExecutorService threads = Executors.newFixedThreadPool(THREADS);
            long seed = System.nanoTime();
            Random random = new Random(seed);
            try {
                List<List<Integer>> orders = IntStream.range(0, 2 * THREADS)
                        .mapToObj(call -> shuffledPart(places, random))
                        .toList();
                List<Future<List<Double>>> calls = orders.stream()
                        .map(order -> threads.submit(() -> model.scoreAll(
                                        order.stream().map(segments::get).toList(), QUERY)
                                .content()))
                        .toList();
                for (int call = 0; call < calls.size(); call++) {
                    assertThat(calls.get(call).get())
                            .as("seed %d, order %s", seed, orders.get(call))
                            .isEqualTo(orders.get(call).stream().map(alone::get).toList());
                }
            } finally {
                threads.shutdownNow();
            }
        }
    }

    private static List<Integer> shuffledPart(List<Integer> places, Random random) {
        List<Integer> shuffled = new ArrayList<>(places);
        Collections.shuffle(shuffled, random);
        return List.copyOf(shuffled.subList(0, 1 + random.nextInt(shuffled.size())));
    }

    /** Texts of 5 to about 300 tokens. */
    private static List<TextSegment> segments() {
        String sentence = "Charles Babbage designed a difference engine in 1822 and an analytical engine after it. ";
        return IntStream.range(0, 16)
                .mapToObj(i -> TextSegment.from("Passage %d. ".formatted(i) + sentence.repeat(i)))
                .toList();
    }
}
