package dev.langchain4j.rerank.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.rerank.TextWindow;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.function.ToIntFunction;
import org.junit.jupiter.api.Test;

class EstimatedWindowerTest {

    @Test
    void a_short_text_is_one_window() {
        assertThat(windows(EstimatedWindowerTest::words, "one two three", 3, 1)).containsExactly("one two three");
    }

    @Test
    void a_blank_text_is_one_window() {
        assertThat(windows(EstimatedWindowerTest::words, " \n ", 3, 1)).containsExactly(" \n ");
        assertThat(windows(EstimatedWindowerTest::words, "", 3, 1)).containsExactly("");
    }

    @Test
    void windows_hold_as_many_words_as_fit_and_share_the_overlap() {
        assertThat(windows(EstimatedWindowerTest::words, Texts.words(0, 10), 4, 1))
                .extracting(String::strip)
                .containsExactly(Texts.words(0, 4), Texts.words(3, 7), Texts.words(6, 10));
    }

    @Test
    void windows_without_overlap_put_together_are_the_text() {
        String text = Texts.words(0, 1000);

        List<String> windows = windows(EstimatedWindowerTest::words, text, 7, 0);

        assertThat(String.join("", windows)).isEqualTo(text);
        assertThat(windows).hasSize((int) Math.ceil(1000 / 7.0));
    }

    @Test
    void a_word_longer_than_a_window_is_cut() {
        assertThat(windows(EstimatedWindowerTest::bytes, "abcdefgh", 3, 0)).containsExactly("abc", "def", "gh");
    }

    @Test
    void a_character_longer_than_a_window_is_a_window() {
        assertThat(windows(EstimatedWindowerTest::bytes, "a\ud83c\udfdeb", 3, 1))
                .containsExactly("a", "\ud83c\udfde", "b");
    }

    @Test
    void any_text_is_covered_by_windows_that_fit() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 300; round++) {
            String text = randomText(random);
            int maxTokens = 4 + random.nextInt(60);
            int overlap = random.nextInt(maxTokens);
            String what = "seed %d, round %d, %d characters".formatted(seed, round, text.length());

            List<TextWindow> windows =
                    new EstimatedWindower(EstimatedWindowerTest::bytes).windows(text, maxTokens, overlap);

            assertThat(windows.get(0).start()).as(what).isZero();
            assertThat(windows.get(windows.size() - 1).end()).as(what).isEqualTo(text.length());
            for (int i = 0; i < windows.size(); i++) {
                TextWindow window = windows.get(i);
                String part = text.substring(window.start(), window.end());
                assertThat(bytes(part)).as(what).isLessThanOrEqualTo(maxTokens);
                assertThat(part.codePoints()).as(what).noneMatch(EstimatedWindowerTest::isSurrogate);
                if (i > 0) {
                    TextWindow before = windows.get(i - 1);
                    assertThat(window.start()).as(what).isBetween(before.start() + 1, before.end());
                    assertThat(window.end()).as(what).isGreaterThan(before.end());
                    String shared = text.substring(window.start(), before.end());
                    assertThat(bytes(shared)).as(what).isLessThanOrEqualTo(overlap);
                }
            }
        }
    }

    private static int words(String text) {
        return new WordCount().estimateTokenCountInText(text);
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private static boolean isSurrogate(int codePoint) {
        return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
    }

    private static String randomText(Random random) {
        String[] pieces = {"river", " ", "\n", "\u6cb3\u6d41", "\ud83c\udfde", "  ", "valley ", "e\u0301", "x"};
        StringBuilder text = new StringBuilder();
        int count = random.nextInt(200);
        for (int i = 0; i < count; i++) {
            text.append(pieces[random.nextInt(pieces.length)]);
        }
        return text.toString();
    }

    private static List<String> windows(ToIntFunction<String> tokens, String text, int maxTokens, int overlap) {
        return new EstimatedWindower(tokens)
                .windows(text, maxTokens, overlap).stream()
                        .map(window -> text.substring(window.start(), window.end()))
                        .toList();
    }
}
