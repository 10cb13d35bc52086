package dev.langchain4j.rerank.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RankingReplyTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[3] > [1] > [2]",
                "3 > 1 > 2",
                "3, 1, 2",
                "[3, 1, 2]",
                "[3],[1],[2]",
                "{\"ranking\": [3, 1, 2]}",
                "{\"ranking\":[\n  3,\n  1,\n  2\n]}",
                "```json\n{\"ranking\": [3,1,2]}\n```",
                "Here are the 3 passages, best first:\n\n[3] > [1] > [2]\n\nI hope this helps!",
                "1. [3]\n2. [1]\n3. [2]",
                "[3]\n[1]\n[2]",
                "<think>[1] is about bread. [2] > [1] maybe? No.</think>[3] > [1] > [2]",
                "First I thought [1] > [2] > [3], but no: [3] > [1] > [2]",
                "Passage [3] answers the query, then [1], and [2] hardly",
                "[3] > [3] > [1] > [2] > [1]",
                "[3] > [7] > [0] > [1] > [2] > [99999999999999999999]",
                "[3] > [1] > [2"
            })
    void reads_the_order(String reply) {
        assertThat(RankingReply.places(reply, 3)).containsExactly(2, 0, 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[2]", "{\"ranking\": [2]}", "The best passage is [2].", "[2] > [8]"})
    void reads_what_is_named(String reply) {
        assertThat(RankingReply.places(reply, 3)).containsExactly(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "I'm sorry, I can't rank these passages.",
                "In 2020 there were 3 of them.",
                "{\"ranking\": []}",
                "[0] > [4] > [5]",
                "\ud83e\udd37"
            })
    void reads_nothing_where_nothing_is_named(String reply) {
        assertThat(RankingReply.places(reply, 3)).isEmpty();
    }

    @Test
    void any_reply_names_each_passage_at_most_once() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        String signs = "0123456789[]>, \n{}\":.x";
        for (int round = 0; round < 2_000; round++) {
            String reply = random.ints(random.nextInt(80), 0, signs.length())
                    .mapToObj(sign -> String.valueOf(signs.charAt(sign)))
                    .collect(Collectors.joining());

            List<Integer> places = RankingReply.places(reply, 20);

            assertThat(places)
                    .as("seed %d: %s", seed, reply)
                    .doesNotHaveDuplicates()
                    .allMatch(place -> place >= 0 && place < 20);
        }
    }

    @Test
    void reads_a_reply_without_end_in_one_pass() {
        String endless = "[1".repeat(200_000) + " > ".repeat(200_000) + "; [2] > [1]";

        assertThat(RankingReply.places(endless, 2)).containsExactly(1, 0);
    }
}
