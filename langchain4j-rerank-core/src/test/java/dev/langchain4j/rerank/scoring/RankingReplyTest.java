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
                "[3] > [1] > [2",
                "1. Passage 3\n2. Passage 1\n3. Passage 2",
                "1) Passage [3]\n2) Passage [1]\n3) Passage [2]",
                "1. 3\n2. 1\n3. 2",
                "1. **3**\n2. **1**\n3. **2**",
                "1: Document 3 (the summer workshop)\n2: Document 1\n3: Document 2",
                "[\"3\",\"1\",\"2\"]",
                "['3', '1', '2']",
                "{\"ranking\": [\"3\", \"1\", \"2\"]}",
                "[{\"id\":3},{\"id\":1},{\"id\":2}]",
                "[{\"id\":\"3\"},{\"id\":\"1\"},{\"id\":\"2\"}]",
                "{\"documents\":[{\"index\":3},{\"index\":1},{\"index\":2}]}",
                "[{\"passage\": 3, \"score\": 9.5}, {\"passage\": 1, \"score\": 7}, {\"passage\": 2, \"score\": 1}]",
                "[{\"passage\": 1, \"score\": 0.7}, {\"passage\": 2, \"score\": 0.1}, {\"passage\": 3, \"score\": 0.9}]",
                "[{\"rank\": 2, \"id\": 1}, {\"rank\": 3, \"id\": 2}, {\"rank\": 1, \"id\": 3}]",
                "Passage 3 > Passage 1 > Passage 2",
                "Passage 3 > Passage 1 > Passage 2.",
                "**3** > **1** > **2**",
                "3 \u2192 1 \u2192 2",
                "[3] -> [1] -> [2]",
                "#3 > #1 > #2",
                "Doc: 3, Relevance: 7\nDoc: 1, Relevance: 5\nDoc: 2, Relevance: 2",
                "Doc: 1, Relevance: 5\nDoc: 2, Relevance: 2\nDoc: 3, Relevance: 7",
                "- Passage 3\n- Passage 1\n- Passage 2",
                "Passage 3, Passage 1, Passage 2",
                "Ranking: 3, 1, 2",
                "Ranking: 3 1 2.",
                "There are 3 passages, 2 of which matter: [3] > [1] > [2]"
            })
    void reads_the_order(String reply) {
        assertThat(RankingReply.indexes(reply, 3)).containsExactly(2, 0, 1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[2]",
                "{\"ranking\": [2]}",
                "The best passage is [2].",
                "[2] > [8]",
                "2",
                "Passage 2",
                "Of 3, 1 is relevant: [2]",
                "Doc: 2, Relevance: 7"
            })
    void reads_what_is_named(String reply) {
        assertThat(RankingReply.indexes(reply, 3)).containsExactly(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "I'm sorry, I can't rank these passages.",
                "In 2020 there were 3 of them.",
                "{\"ranking\": []}",
                "[0] > [4] > [5]",
                // counted from 0, or from 1 with a number that is not there: ambiguous
                "{\"documents\":[{\"index\":2},{\"index\":0},{\"index\":1}]}",
                "Of 3, 2 are relevant.",
                "1. The first passage is about rivers.\n2. The second is about bread.",
                "\ud83e\udd37"
            })
    void reads_nothing_where_nothing_is_named(String reply) {
        assertThat(RankingReply.indexes(reply, 3)).isEmpty();
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

            List<Integer> indexes = RankingReply.indexes(reply, 20);

            assertThat(indexes)
                    .as("seed %d: %s", seed, reply)
                    .doesNotHaveDuplicates()
                    .allMatch(index -> index >= 0 && index < 20);
        }
    }

    @Test
    void reads_a_reply_without_end_in_one_pass() {
        String endless = "[1".repeat(200_000) + " > ".repeat(200_000) + "; [2] > [1]";

        assertThat(RankingReply.indexes(endless, 2)).containsExactly(1, 0);
    }
}
