package dev.langchain4j.rerank;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.Test;

class ChunkSizerTest {

    @Test
    void gives_a_service_more_that_takes_the_same_time_for_any_number() {
        List<Integer> sizes = sizesUnder(1000, texts -> 200);

        assertThat(sizes).containsExactly(4, 8, 32, 128, 1);
    }

    @Test
    void takes_ever_smaller_bites_of_a_model_that_takes_its_time_for_each_text() {
        List<Integer> sizes = sizesUnder(1000, texts -> 10 * texts);

        // after 4 and, as no call grows more than fourfold, 16 texts: 800 ms left for 40, 400 for 20, and so on
        assertThat(sizes).startsWith(4, 16, 40, 20, 10, 5, 2);
        assertThat(sizes.stream().mapToInt(Integer::intValue).sum()).isGreaterThan(95);
    }

    @Test
    void asks_for_one_text_at_least() {
        assertThat(sizesUnder(100, texts -> 90 * texts)).containsExactly(4);
        ChunkSizer sizer = new ChunkSizer();
        sizer.took(4, 360_000_000);

        assertThat(sizer.next(1)).isEqualTo(1);
        assertThat(sizer.next(-1)).isEqualTo(1);
    }

    @Test
    void survives_calls_that_take_no_time() {
        ChunkSizer sizer = new ChunkSizer();
        sizer.took(4, 0);

        assertThat(sizer.next(Long.MAX_VALUE)).isEqualTo(16);
    }

    /** The sizes of the calls that begin before the deadline, for a model that takes {@code millis} for so many texts. */
    private static List<Integer> sizesUnder(long timeoutMillis, LongUnaryOperator millis) {
        ChunkSizer sizer = new ChunkSizer();
        List<Integer> sizes = new ArrayList<>();
        long left = timeoutMillis;
        while (left > 0) {
            int size = sizer.next(left * 1_000_000);
            sizes.add(size);
            long took = millis.applyAsLong(size);
            sizer.took(size, took * 1_000_000);
            left -= took;
        }
        return sizes;
    }
}
