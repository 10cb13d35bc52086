package dev.langchain4j.rerank.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.rerank.local.InferenceBackend.RunLimits;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BatchPlannerTest {

    private static final int QUERY_TOKENS = 9; // and 1 that every estimate has

    @Test
    void plans_no_batch_for_no_text() {
        BatchPlanner planner = new BatchPlanner(new RunLimits(8, 256), 512);

        assertThat(planner.longestFirst(List.of(), QUERY_TOKENS)).isEmpty();
        assertThat(planner.inOrder(List.of(), QUERY_TOKENS)).isEmpty();
    }

    @Test
    void runs_one_pair_at_a_time_in_order_where_neighbours_would_change_its_score() {
        BatchPlanner planner = new BatchPlanner(new RunLimits(1, 0), 512);
        List<String> texts = texts(4, 400, 40);

        assertThat(planner.longestFirst(texts, QUERY_TOKENS)).containsExactly(ints(0), ints(1), ints(2));
        assertThat(planner.inOrder(texts, QUERY_TOKENS)).containsExactly(ints(0), ints(1), ints(2));
    }

    @Test
    void fills_a_batch_up_to_its_tokens_with_padding_counted() {
        // 10 + 40 / 4 = 20 tokens each
        BatchPlanner planner = new BatchPlanner(new RunLimits(8, 3 * 20), 512);

        assertThat(planner.inOrder(texts(40, 40, 40, 40), QUERY_TOKENS)).containsExactly(ints(0, 1, 2), ints(3));
    }

    @Test
    void fills_a_batch_up_to_its_pairs() {
        BatchPlanner planner = new BatchPlanner(new RunLimits(2, 10_000), 512);

        assertThat(planner.inOrder(texts(4, 4, 4), QUERY_TOKENS)).containsExactly(ints(0, 1), ints(2));
    }

    @Test
    void takes_the_longest_first_and_equally_long_ones_in_order() {
        BatchPlanner planner = new BatchPlanner(new RunLimits(8, 10_000), 512);

        assertThat(planner.longestFirst(texts(4, 400, 40, 40), QUERY_TOKENS)).containsExactly(ints(1, 2, 3, 0));
    }

    @Test
    void runs_a_text_alone_that_is_over_the_tokens_of_a_batch() {
        BatchPlanner planner = new BatchPlanner(new RunLimits(8, 256), 512);

        assertThat(planner.inOrder(texts(10_000, 4), QUERY_TOKENS)).containsExactly(ints(0), ints(1));
    }

    @Test
    void any_plan_holds_each_place_once() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 200; round++) {
            RunLimits limits = new RunLimits(1 + random.nextInt(9), random.nextInt(600));
            BatchPlanner planner = new BatchPlanner(limits, 512);
            int[] lengths = random.ints(random.nextInt(60), 1, 3_000).toArray();
            List<String> texts = texts(lengths);

            for (List<int[]> plan :
                    List.of(planner.inOrder(texts, QUERY_TOKENS), planner.longestFirst(texts, QUERY_TOKENS))) {
                assertThat(plan.stream().flatMapToInt(Arrays::stream).sorted())
                        .as("seed %d, round %d", seed, round)
                        .containsExactlyElementsOf(
                                IntStream.range(0, lengths.length).boxed().toList());
                assertThat(plan)
                        .as("seed %d, round %d", seed, round)
                        .allSatisfy(batch -> assertThat(batch).hasSizeBetween(1, limits.sequences()));
            }
        }
    }

    private static List<String> texts(int... lengths) {
        return Arrays.stream(lengths).mapToObj("x"::repeat).toList();
    }

    private static int[] ints(int... values) {
        return values;
    }
}
