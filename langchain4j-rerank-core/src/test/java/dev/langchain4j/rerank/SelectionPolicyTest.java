package dev.langchain4j.rerank;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.data.document.Metadata;
import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.TokenCountEstimator;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.output.Response;
import dev.langchain4j.rag.content.Content;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;

class SelectionPolicyTest {

    @Test
    void top_k_keeps_the_first() {
        Selection selection = SelectionPolicy.topK(2).select(ranked(9, 8, 7, 6));

        assertThat(ranks(selection.kept())).containsExactly(1, 2);
        assertThat(reasons(selection)).containsExactly("#3 beyond top 2", "#4 beyond top 2");
        assertThat(SelectionPolicy.topK(Integer.MAX_VALUE).select(ranked(9, 8)).dropped())
                .isEmpty();
    }

    @Test
    void min_score_keeps_what_reaches_it() {
        Selection selection = SelectionPolicy.minScore(0.3).select(ranked(0.5, 0.3, 0.29));

        assertThat(ranks(selection.kept())).containsExactly(1, 2);
        assertThat(reasons(selection)).containsExactly("#3 below minimum score 0.3");
    }

    @Test
    void score_gap_cuts_at_the_largest_drop() {
        Selection selection = SelectionPolicy.scoreGap(1, 10).select(ranked(9, 8, 3, 2.5));

        assertThat(ranks(selection.kept())).containsExactly(1, 2);
        assertThat(reasons(selection))
                .containsExactly(
                        "#3 below the score gap of 5.0000 after #2", "#4 below the score gap of 5.0000 after #2");
    }

    @Test
    void score_gap_looks_only_between_minimum_and_maximum() {
        Selection selection = SelectionPolicy.scoreGap(2, 3).select(ranked(9, 1, 0.8, 0.7, -20));

        assertThat(ranks(selection.kept())).containsExactly(1, 2);
    }

    @Test
    void score_gap_takes_the_first_of_equal_drops() {
        assertThat(ranks(SelectionPolicy.scoreGap(1, 10).select(ranked(3, 2, 1)).kept()))
                .containsExactly(1);
    }

    @Test
    void score_gap_keeps_the_maximum_where_no_score_falls() {
        Selection selection = SelectionPolicy.scoreGap(1, 2).select(ranked(1, 1, 1));

        assertThat(ranks(selection.kept())).containsExactly(1, 2);
        assertThat(reasons(selection)).containsExactly("#3 beyond 2 without a score gap");
    }

    @Test
    void score_gap_keeps_all_where_there_are_no_more_than_the_minimum() {
        assertThat(SelectionPolicy.scoreGap(3, 5).select(ranked(9, 1, 0)).kept())
                .hasSize(3);
        assertThat(SelectionPolicy.scoreGap(3, 5).select(ranked()).kept()).isEmpty();
    }

    @Test
    void score_gap_counts_by_score_after_a_rearrangement() {
        Selection rearranged = ranked(9, 8, 3, 2);
        List<RankedContent> order = new ArrayList<>(rearranged.kept());
        Collections.reverse(order);

        Selection selection = SelectionPolicy.scoreGap(1, 10).select(rearranged.arrange(order));

        assertThat(ranks(selection.kept())).containsExactly(2, 1);
    }

    @Test
    void token_budget_passes_over_what_does_not_fit() {
        Selection selection = SelectionPolicy.tokenBudget(6, new WordCounter())
                .select(selection(
                        scored(1, "three words here", 9),
                        scored(2, "these are four words", 8),
                        scored(3, "one two three", 7),
                        scored(4, "more", 6)));

        assertThat(ranks(selection.kept())).containsExactly(1, 3);
        assertThat(reasons(selection))
                .containsExactly(
                        "#2 beyond the budget of 6 tokens: needs 4, 3 left",
                        "#4 beyond the budget of 6 tokens: needs 1, 0 left");
    }

    @Test
    void per_source_keeps_the_best_of_each_source_and_all_without_one() {
        Selection selection = SelectionPolicy.perSource("file", 1)
                .select(selection(
                        scored(1, segment("a", "x"), 9),
                        scored(2, segment("b", "x"), 8),
                        scored(3, TextSegment.from("c"), 7),
                        scored(4, segment("d", "y"), 6),
                        scored(5, TextSegment.from("e"), 5)));

        assertThat(ranks(selection.kept())).containsExactly(1, 3, 4, 5);
        assertThat(reasons(selection)).containsExactly("#2 beyond 1 with the same file");
    }

    @Test
    void minimum_kept_brings_the_best_back_in_their_places() {
        Selection cut = ranked(9, 8, 7, 6).drop(content -> content.rank() == 2 ? null : "cut");

        Selection selection = SelectionPolicy.minimumKept(3).select(cut);

        assertThat(ranks(selection.kept())).containsExactly(1, 2, 3);
        assertThat(selection.kept())
                .allSatisfy(content -> assertThat(content.dropReason()).isNull());
        assertThat(reasons(selection)).containsExactly("#4 cut");
    }

    @Test
    void minimum_kept_leaves_alone_what_is_enough_and_cannot_invent() {
        Selection enough = ranked(9, 8, 7).keepFirst(2, "cut");

        assertThat(ranks(SelectionPolicy.minimumKept(2).select(enough).kept())).containsExactly(1, 2);
        assertThat(ranks(SelectionPolicy.minimumKept(9).select(enough).kept())).containsExactly(1, 2, 3);
    }

    @Test
    void thresholds_leave_alone_what_was_not_scored() {
        Selection selection = selection(scored(1, "a", 9), scored(2, "b", 1), unscored(3), unscored(4));

        assertThat(ranks(SelectionPolicy.minScore(5).select(selection).kept())).containsExactly(1, 3, 4);
        assertThat(ranks(SelectionPolicy.scoreGap(1, 1).select(selection).kept()))
                .containsExactly(1, 3, 4);
    }

    @Test
    void mmr_prefers_what_is_unlike_the_ones_before() {
        // a and b say the same, c something else
        Selection selection =
                selection(scored(1, "a", 1.0), scored(2, "b", 0.9), scored(3, "c", 0.6), scored(4, "d", 0));

        Selection arranged =
                SelectionPolicy.mmr(0.5, similar(Map.of("ab", 1.0, "bc", 0.0))).select(selection);

        // second pick: b = 0.5 * 0.9 - 0.5 * 1, c = 0.5 * 0.6 - 0, d = 0
        assertThat(ranks(arranged.kept())).containsExactly(1, 3, 4, 2);
    }

    @Test
    void mmr_with_full_relevance_keeps_the_order() {
        assertThat(ranks(SelectionPolicy.mmr(1, (one, other) -> 1.0)
                        .select(ranked(9, 5, 2, 1))
                        .kept()))
                .containsExactly(1, 2, 3, 4);
    }

    @Test
    void mmr_is_neutral_to_contents_that_compare_to_none() {
        // nothing is known of b; a neutral view leaves it between those that are known to be equally redundant
        Selection selection =
                selection(scored(1, "a", 1.0), scored(2, "b", 0.8), scored(3, "c", 0.9), scored(4, "d", 0));

        BiFunction<Content, Content, Double> known = similar(Map.of("ac", 0.6, "ad", 0.6));
        Content b = selection.kept().get(1).content();

        Selection arranged = SelectionPolicy.mmr(
                        0.5, (one, other) -> one.equals(b) || other.equals(b) ? null : known.apply(one, other))
                .select(selection);

        // second pick: b = 0.5 * 0.8 - 0.5 * 0.6, the mean of c and d; c = 0.5 * 0.9 - 0.5 * 0.6
        assertThat(ranks(arranged.kept())).containsExactly(1, 3, 2, 4);
    }

    @Test
    void mmr_with_no_similarity_known_keeps_the_order() {
        assertThat(ranks(SelectionPolicy.mmr(0.1, (one, other) -> null)
                        .select(ranked(9, 5, 2, 1))
                        .kept()))
                .containsExactly(1, 2, 3, 4);
        assertThat(ranks(SelectionPolicy.mmr(0.1, (one, other) -> Double.NaN)
                        .select(ranked(9, 5, 2, 1))
                        .kept()))
                .containsExactly(1, 2, 3, 4);
    }

    @Test
    void mmr_works_on_logits_as_on_probabilities() {
        List<Integer> logits = ranks(SelectionPolicy.mmr(0.5, similar(Map.of("ab", 1.0)))
                .select(selection(scored(1, "a", 8), scored(2, "b", 6), scored(3, "c", 2), scored(4, "d", -12)))
                .kept());
        List<Integer> stretched = ranks(SelectionPolicy.mmr(0.5, similar(Map.of("ab", 1.0)))
                .select(selection(scored(1, "a", 1), scored(2, "b", 0.9), scored(3, "c", 0.7), scored(4, "d", 0)))
                .kept());

        assertThat(logits).isEqualTo(stretched).containsExactly(1, 3, 4, 2);
    }

    @Test
    void mmr_leaves_what_was_not_scored_behind() {
        Selection selection =
                selection(scored(1, "a", 1), scored(2, "b", 0.9), scored(3, "c", 0.5), unscored(4), unscored(5));

        assertThat(ranks(SelectionPolicy.mmr(0.2, similar(Map.of("ab", 1.0)))
                        .select(selection)
                        .kept()))
                .containsExactly(1, 3, 2, 4, 5);
    }

    @Test
    void mmr_embeds_the_kept_texts_with_one_call() {
        EmbeddingsOnAPlane model = new EmbeddingsOnAPlane();

        Selection arranged = SelectionPolicy.mmr(0.5, model)
                .select(selection(scored(1, "1 0", 1), scored(2, "1 0.1", 0.9), scored(3, "0 1", 0.8)));

        assertThat(ranks(arranged.kept())).containsExactly(1, 3, 2);
        assertThat(model.calls).isEqualTo(1);
    }

    @Test
    void lost_in_the_middle_puts_the_best_at_both_ends() {
        SelectionPolicy step = SelectionPolicy.lostInTheMiddle();

        assertThat(ranks(step.select(ranked(5, 4, 3, 2, 1)).kept())).containsExactly(1, 3, 5, 4, 2);
        assertThat(ranks(step.select(ranked(5, 4)).kept())).containsExactly(1, 2);
        assertThat(step.select(ranked()).kept()).isEmpty();
        assertThat(step.arranges()).isTrue();
        assertThat(SelectionPolicy.topK(1).arranges()).isFalse();
    }

    @Test
    void a_selection_takes_only_arrangements_of_what_is_kept() {
        Selection selection = ranked(9, 8);
        RankedContent foreign = ranked(9).kept().get(0);
        RankedContent first = selection.kept().get(0);

        assertThatThrownBy(() -> selection.arrange(List.of(first, foreign)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("an arrangement must hold each of the 2 kept contents once, got 2 contents");
        assertThatThrownBy(() -> selection.arrange(List.of(first, first))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> selection.arrange(List.of(first)))
                .hasMessage("an arrangement must hold each of the 2 kept contents once, got 1 contents");
    }

    @Test
    void refuses_bad_options() {
        assertThatThrownBy(() -> SelectionPolicy.topK(0)).hasMessage("topK must be at least 1, got 0");
        assertThatThrownBy(() -> SelectionPolicy.minScore(Double.POSITIVE_INFINITY))
                .hasMessage("minScore must be a finite number, got Infinity");
        assertThatThrownBy(() -> SelectionPolicy.scoreGap(0, 3)).hasMessage("min must be at least 1, got 0");
        assertThatThrownBy(() -> SelectionPolicy.scoreGap(3, 2))
                .hasMessage("max must be at least min, got min 3 and max 2");
        assertThatThrownBy(() -> SelectionPolicy.tokenBudget(0, new WordCounter()))
                .hasMessage("maxTokens must be at least 1, got 0");
        assertThatThrownBy(() -> SelectionPolicy.perSource("file", 0)).hasMessage("max must be at least 1, got 0");
        assertThatThrownBy(() -> SelectionPolicy.minimumKept(0)).hasMessage("min must be at least 1, got 0");
        assertThatThrownBy(() -> SelectionPolicy.mmr(-0.1, (one, other) -> 0.0))
                .hasMessage("relevanceWeight must be from 0.0 to 1.0, got -0.1");
    }

    private static Selection ranked(double... scores) {
        List<RankedContent> ranked = new ArrayList<>();
        for (double score : scores) {
            ranked.add(scored(ranked.size() + 1, "text", score));
        }
        return Selection.all(ranked);
    }

    private static Selection selection(RankedContent... contents) {
        return Selection.all(List.of(contents));
    }

    private static RankedContent scored(int rank, String text, double score) {
        return scored(rank, TextSegment.from(text), score);
    }

    private static RankedContent scored(int rank, TextSegment segment, double score) {
        return RankedContent.scored(Content.from(segment), rank, rank, score, score, ScoreDetail.ofScored());
    }

    private static RankedContent unscored(int rank) {
        return RankedContent.unscored(Content.from("unscored " + rank), rank, rank, ScoreDetail.ofRetrieval());
    }

    private static TextSegment segment(String text, String file) {
        return TextSegment.from(text, Metadata.from("file", file));
    }

    /** Similarities by two texts in alphabetical order; 0 for pairs that are not named. */
    private static BiFunction<Content, Content, Double> similar(Map<String, Double> similarities) {
        return (one, other) -> {
            String a = one.textSegment().text();
            String b = other.textSegment().text();
            return similarities.getOrDefault(a.compareTo(b) < 0 ? a + b : b + a, 0.0);
        };
    }

    private static List<Integer> ranks(List<RankedContent> contents) {
        return contents.stream().map(RankedContent::rank).toList();
    }

    private static List<String> reasons(Selection selection) {
        return selection.dropped().stream()
                .map(content -> "#" + content.rank() + " " + content.dropReason())
                .toList();
    }

    private static final class WordCounter implements TokenCountEstimator {

        @Override
        public int estimateTokenCountInText(String text) {
            return text.split(" ", -1).length;
        }

        @Override
        public int estimateTokenCountInMessage(ChatMessage message) {
            throw new UnsupportedOperationException();
        }

        @Override
        public int estimateTokenCountInMessages(Iterable<ChatMessage> messages) {
            throw new UnsupportedOperationException();
        }
    }

    /** Texts are their own vectors, for instance {@code 1 0.5}. */
    private static final class EmbeddingsOnAPlane implements EmbeddingModel {

        private int calls;

        @Override
        public Response<List<Embedding>> embedAll(List<TextSegment> segments) {
            calls++;
            return Response.from(segments.stream()
                    .map(segment -> segment.text().split(" ", -1))
                    .map(xy -> Embedding.from(new float[] {Float.parseFloat(xy[0]), Float.parseFloat(xy[1])}))
                    .toList());
        }
    }
}
