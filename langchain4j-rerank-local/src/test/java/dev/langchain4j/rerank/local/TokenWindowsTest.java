package dev.langchain4j.rerank.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.rerank.TextWindow;
import dev.langchain4j.rerank.local.internal.hub.ModelFiles;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TokenWindowsTest {

    @Test
    void a_text_that_fits_is_one_window() {
        assertThat(windows("one two three", 100, 0)).containsExactly(new TextWindow(0, 13));
        assertThat(windows("  \n ", 5, 0)).containsExactly(new TextWindow(0, 4));
        assertThat(windows("", 5, 0)).containsExactly(new TextWindow(0, 0));
    }

    @Test
    void cuts_between_words() {
        // the tiny BERT has a token for each of these letters, alone and as the end of a word
        assertThat(windows("a a a a a", 2, 0))
                .containsExactly(new TextWindow(0, 4), new TextWindow(4, 8), new TextWindow(8, 9));
    }

    @Test
    void neighbours_share_the_overlap() {
        assertThat(windows("a a a a a", 3, 1)).containsExactly(new TextWindow(0, 6), new TextWindow(4, 9));
    }

    @Test
    void cuts_a_word_that_is_longer_than_a_window() {
        List<TextWindow> windows = new TokenWindows(new int[] {0, 1, 2, 3, 4}, new long[5], 5).cut(2, 0);

        assertThat(windows).containsExactly(new TextWindow(0, 2), new TextWindow(2, 4), new TextWindow(4, 5));
    }

    @Test
    void counts_characters_as_java_does() {
        String text = "🤖 🤖 🤖 a";

        assertThat(windows(text, 2, 0).stream().map(window -> text.substring(window.start(), window.end())))
                .containsExactly("🤖 🤖 ", "🤖 a");
    }

    @Test
    void refuses_sizes_that_make_no_progress() {
        assertThatThrownBy(() -> windows("a", 0, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("maxTokens must be at least 1, got 0");
        assertThatThrownBy(() -> windows("a", 3, 3))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("overlap must be from 0 to 2, got 3");
        assertThatThrownBy(() -> windows("a", 3, -1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("overlap must be from 0 to 2, got -1");
    }

    @Test
    void any_windows_cover_the_text_in_order_and_hold_what_they_may() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (String family : TestModels.FAMILIES) {
            try (PairTokenizer tokenizer = tokenizer(family)) {
                for (int round = 0; round < 30; round++) {
                    String text = text(random);
                    int maxTokens = 20 + random.nextInt(60);
                    int overlap = random.nextInt(maxTokens);
                    String what = "seed %d, %s, round %d".formatted(seed, family, round);

                    List<TextWindow> windows = tokenizer.windows(text, maxTokens, overlap);

                    assertThat(windows.get(0).start()).as(what).isZero();
                    assertThat(windows.get(windows.size() - 1).end()).as(what).isEqualTo(text.length());
                    for (int i = 1; i < windows.size(); i++) {
                        assertThat(windows.get(i).start())
                                .as(what)
                                .isGreaterThan(windows.get(i - 1).start())
                                .isLessThanOrEqualTo(windows.get(i - 1).end());
                    }
                }
            }
        }
    }

    /** Words of all kinds, each of fewer tokens than the smallest window. */
    private static String text(Random random) {
        String[] words = {"a", "machine", "🤖", "人工", "ورشة", "Grüße", "--", "12,345", "\n", "e\u0301", "\uD83D"};
        StringBuilder text = new StringBuilder();
        int length = random.nextInt(200);
        for (int i = 0; i < length; i++) {
            text.append(words[random.nextInt(words.length)]).append(" ".repeat(random.nextInt(3)));
        }
        return text.toString();
    }

    private static List<TextWindow> windows(String text, int maxTokens, int overlap) {
        try (PairTokenizer tokenizer = tokenizer("bert")) {
            return tokenizer.windows(text, maxTokens, overlap);
        }
    }

    private static PairTokenizer tokenizer(String family) {
        return PairTokenizer.load(ModelFiles.in(TestModels.directory(family)), 96, 48);
    }
}
