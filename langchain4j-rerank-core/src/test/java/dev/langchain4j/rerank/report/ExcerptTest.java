package dev.langchain4j.rerank.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.rerank.TextWindow;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ExcerptTest {

    private static final String TEXT = "0123456789abcdefghij";

    @Test
    void without_a_window_the_beginning_is_shown() {
        assertThat(Excerpt.of(TEXT, null, 4)).isEqualTo(new Excerpt(0, 4, 20, "0123", "", ""));
        assertThat(Excerpt.of(TEXT, null, 20)).isEqualTo(new Excerpt(0, 20, 20, TEXT, "", ""));
    }

    @Test
    void a_window_stands_in_the_middle_of_what_is_shown() {
        assertThat(Excerpt.of(TEXT, new TextWindow(10, 12), 8)).isEqualTo(new Excerpt(7, 15, 20, "789", "ab", "cde"));
    }

    @Test
    void a_window_near_an_end_leaves_more_room_on_the_other_side() {
        assertThat(Excerpt.of(TEXT, new TextWindow(0, 2), 8)).isEqualTo(new Excerpt(0, 8, 20, "", "01", "234567"));
        assertThat(Excerpt.of(TEXT, new TextWindow(18, 20), 8)).isEqualTo(new Excerpt(12, 20, 20, "cdefgh", "ij", ""));
    }

    @Test
    void of_a_window_longer_than_the_limit_the_beginning_is_shown() {
        assertThat(Excerpt.of(TEXT, new TextWindow(5, 15), 4)).isEqualTo(new Excerpt(5, 9, 20, "", "5678", ""));
    }

    @Test
    void a_window_beyond_the_text_is_not_marked() {
        assertThat(Excerpt.of(TEXT, new TextWindow(15, 21), 4)).isEqualTo(new Excerpt(0, 4, 20, "0123", "", ""));
    }

    @Test
    void no_character_is_split_and_nothing_gets_lost_or_doubled() {
        long seed = 11;
        Random random = new Random(seed);
        for (int round = 0; round < 2_000; round++) {
            // given
            int[] characters = random.ints(1 + random.nextInt(30), 0, 2)
                    .map(coin -> coin == 0 ? 'x' : 0x1F600)
                    .toArray();
            String text = new String(characters, 0, characters.length);
            int start = random.nextInt(text.length() + 1);
            TextWindow window = new TextWindow(start, start + random.nextInt(text.length() - start + 1));

            // when
            Excerpt excerpt = Excerpt.of(text, window, 2 + random.nextInt(20));

            // then
            String shown = excerpt.before() + excerpt.marked() + excerpt.after();
            assertThat(shown)
                    .as("seed %d, round %d", seed, round)
                    .isEqualTo(text.substring(excerpt.start(), excerpt.end()));
            for (String part : new String[] {excerpt.before(), excerpt.marked(), excerpt.after()}) {
                assertThat(part.codePoints())
                        .as("seed %d, round %d", seed, round)
                        .allMatch(character -> character == 'x' || character == 0x1F600);
            }
        }
    }
}
