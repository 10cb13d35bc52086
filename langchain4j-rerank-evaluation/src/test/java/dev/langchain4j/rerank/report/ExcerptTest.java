package dev.langchain4j.rerank.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.rerank.TextWindow;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ExcerptTest {

    private static final String TEXT = "one two three four five six";

    @Test
    void without_a_window_the_beginning_is_shown_to_the_end_of_a_word() {
        assertThat(Excerpt.of(TEXT, null, 9)).isEqualTo(new Excerpt(0, 8, 27, "", "", "one two "));
        assertThat(Excerpt.of(TEXT, null, 27)).isEqualTo(new Excerpt(0, 27, 27, "", "", TEXT));
        assertThat(Excerpt.of("", null, 9)).isEqualTo(new Excerpt(0, 0, 0, "", "", ""));
    }

    @Test
    void a_window_stands_in_the_middle_of_what_is_shown() {
        assertThat(Excerpt.of(TEXT, new TextWindow(8, 13), 15))
                .isEqualTo(new Excerpt(3, 18, 27, " two ", "three", " four"));
    }

    @Test
    void a_window_near_an_end_leaves_more_room_on_the_other_side() {
        assertThat(Excerpt.of(TEXT, new TextWindow(0, 3), 13))
                .isEqualTo(new Excerpt(0, 13, 27, "", "one", " two three"));
        assertThat(Excerpt.of(TEXT, new TextWindow(24, 27), 13))
                .isEqualTo(new Excerpt(14, 27, 27, "four five ", "six", ""));
    }

    @Test
    void of_a_window_longer_than_the_limit_the_beginning_is_shown() {
        assertThat(Excerpt.of(TEXT, new TextWindow(4, 23), 11)).isEqualTo(new Excerpt(4, 14, 27, "", "two three ", ""));
    }

    @Test
    void a_window_beyond_the_text_is_not_marked() {
        assertThat(Excerpt.of(TEXT, new TextWindow(15, 28), 4)).isEqualTo(new Excerpt(0, 4, 27, "", "", "one "));
    }

    @Test
    void a_very_long_word_is_cut() {
        assertThat(Excerpt.of("x".repeat(100), null, 40)).isEqualTo(new Excerpt(0, 40, 100, "", "", "x".repeat(40)));
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
