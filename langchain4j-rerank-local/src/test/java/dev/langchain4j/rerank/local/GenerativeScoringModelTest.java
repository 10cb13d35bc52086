package dev.langchain4j.rerank.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.output.Response;
import dev.langchain4j.rerank.InvalidOptionException;
import dev.langchain4j.rerank.ScoreDetail;
import dev.langchain4j.rerank.ScoreDetails;
import dev.langchain4j.rerank.ScoreScale;
import dev.langchain4j.rerank.TextWindow;
import dev.langchain4j.rerank.local.TestModels.ReferencePair;
import dev.langchain4j.rerank.local.internal.hub.ModelFiles;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class GenerativeScoringModelTest {

    private static final String QUERY = "which query?";

    private static final int MAX_LENGTH = 180; // in make_generative.py too
    private static final int QUERY_MAX_LENGTH = 10; // of bge-gemma, in make_generative.py too
    private static final int PASSAGE_MAX_LENGTH = 9; // of what bge-gemma cuts, in make_generative.py too
    private static final int VOCABULARY = 480; // in make_generative.py too

    @ParameterizedTest
    @EnumSource(Engine.class)
    void scores_as_the_code_of_the_qwen3_model_card_does(Engine engine) {
        assumePresent(engine);
        try (GenerativeScoringModel model = qwen3().engine(engine).build()) {
            assertScores(model, "qwen3", 1e-4);
            assertThat(model.scoreScale()).isEqualTo(ScoreScale.PROBABILITY);
        }
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void scores_as_flag_embedding_does(Engine engine) {
        assumePresent(engine);
        try (GenerativeScoringModel model = bgeGemma().engine(engine).build()) {
            assertScores(model, "bge-gemma", 1e-4);
            assertThat(model.scoreScale()).isEqualTo(ScoreScale.LOGIT);
        }
    }

    @Test
    void scores_probabilities_as_the_bge_function_of_pymilvus_does() {
        try (GenerativeScoringModel model =
                bgeGemma().activation(Activation.SIGMOID).build()) {
            assertScores(model, TestModels.reference("bge-gemma"), ReferencePair::pymilvus, 1e-4);
        }
    }

    /** There the limit is one of the passage, here one of the whole prompt, which the query is part of. */
    @Test
    void cuts_a_passage_as_flag_embedding_does() {
        List<ReferencePair> pairs = TestModels.reference("bge-gemma", "cut.json");
        assertThat(pairs).extracting(ReferencePair::truncated).contains(true, false);
        assertThat(pairs).extracting(ReferencePair::query).containsOnly("q");
        int withOneToken;
        try (GenerativeScoringModel model = bgeGemma().build()) {
            withOneToken = model.scoreAll(List.of(TextSegment.from("x")), "q")
                    .tokenUsage()
                    .inputTokenCount();
        }
        try (GenerativeScoringModel model = bgeGemma()
                .maxLength(withOneToken - 1 + PASSAGE_MAX_LENGTH)
                .queryMaxLength(1)
                .build()) {
            assertScores(model, pairs, ReferencePair::score, 1e-4);
        }
    }

    @Test
    void runs_a_graph_in_half_precision_that_keeps_one_logit() {
        try (GenerativeScoringModel model = GenerativeScoringModel.qwen3()
                .modelPath(TestModels.directory("qwen3-fp16"))
                .build()) {
            assertScores(model, "qwen3", 1e-2);
        }
    }

    @Test
    void padding_does_not_change_scores() {
        List<TextSegment> passages = TestModels.reference("qwen3").stream()
                .map(ReferencePair::passage)
                .distinct()
                .map(TextSegment::from)
                .toList();
        try (GenerativeScoringModel model = qwen3().activation(Activation.NONE).build()) {
            List<Double> together = model.scoreAll(passages, QUERY).content();

            for (int i = 0; i < passages.size(); i++) {
                assertThat(together.get(i))
                        .isCloseTo(model.score(passages.get(i), QUERY).content(), within(1e-5));
            }
        }
    }

    @Test
    void the_difference_of_the_logits_is_that_of_yes_less_that_of_no() {
        try (PromptTokenizer tokenizer = tokenizer("")) {
            int yes = tokenizer.answer("yes");
            int no = tokenizer.answer("no");
            FakeBackend backend = FakeBackend.onePairARun().answering(prompt -> {
                float[] logits = new float[VOCABULARY];
                logits[yes] = 3;
                logits[no] = 1;
                return logits;
            });
            try (GenerativeScoringModel logit =
                            qwen3().activation(Activation.NONE).build(files(), () -> backend);
                    GenerativeScoringModel probability = qwen3().build(files(), () -> backend)) {
                assertThat(logit.score("a", QUERY).content()).isEqualTo(3.0 - 1.0);
                // softmax of (3, 1)
                assertThat(probability.score("a", QUERY).content())
                        .isCloseTo(Math.exp(3) / (Math.exp(3) + Math.exp(1)), within(1e-12));
            }
        }
    }

    @Test
    void the_instruction_changes_what_is_read() {
        try (GenerativeScoringModel one = qwen3().build();
                GenerativeScoringModel other =
                        qwen3().instruction("Something else").build()) {
            assertThat(one.score("a passage", QUERY).content())
                    .isNotEqualTo(other.score("a passage", QUERY).content());
        }
    }

    @Test
    void what_a_query_spells_out_is_not_filled_in() {
        try (PromptTokenizer one = tokenizer("one");
                PromptTokenizer longer = tokenizer("one two three four five")) {
            int ownTokens = longer.query("x").length() - one.query("x").length();

            assertThat(longer.query("{instruction}").length()
                            - one.query("{instruction}").length())
                    .isEqualTo(ownTokens);
            assertThat(one.query("{document}").with("text").truncated()).isFalse();
        }
    }

    @Test
    void cuts_and_reports_what_does_not_fit() {
        FakeBackend backend = FakeBackend.onePairARun().answering(prompt -> new float[VOCABULARY]);
        try (GenerativeScoringModel model = qwen3().build(files(), () -> backend)) {
            Response<List<Double>> response =
                    model.scoreAll(List.of(TextSegment.from("word ".repeat(500)), TextSegment.from("a")), QUERY);

            assertThat(ScoreDetails.of(response))
                    .extracting(ScoreDetail::truncated)
                    .containsExactly(true, false);
            assertThat(response.tokenUsage().inputTokenCount()).isBetween(MAX_LENGTH, 2 * MAX_LENGTH);
        }
    }

    @Test
    void cuts_texts_into_windows() {
        try (GenerativeScoringModel model = qwen3().build()) {
            assertThat(model.windows("yes no", 1, 0)).hasSizeGreaterThan(1).startsWith(new TextWindow(0, 3));
        }
    }

    @Test
    void refuses_a_query_length_that_leaves_no_room_for_a_passage() {
        assertThatThrownBy(() -> qwen3().queryMaxLength(170).build())
                .isInstanceOf(InvalidOptionException.class)
                .hasMessageMatching(
                        "queryMaxLength must be at most \\d+, so that the \\d+ tokens of the prompt and a passage fit into maxLength 180, got 170");
    }

    @Test
    void refuses_an_answer_of_several_tokens() {
        RelevancePrompt prompt = new RelevancePrompt(List.of("{query}", "{document}"), "certainly not", null);

        assertThatThrownBy(() -> GenerativeScoringModel.builder(prompt)
                        .modelPath(TestModels.directory("qwen3"))
                        .build())
                .isInstanceOf(LocalModelException.class)
                .hasMessageMatching("the answer \"certainly not\" is \\d+ tokens of this model, expected 1");
    }

    @Test
    void refuses_a_model_with_too_few_logits() {
        FakeBackend backend = FakeBackend.onePairARun().answering(prompt -> new float[2]);

        assertThatThrownBy(() -> qwen3().build(files(), () -> backend))
                .isInstanceOf(LocalModelException.class)
                .hasMessageMatching("the model returns 2 logits, none for the token \\d+");
        assertThat(backend.closed).isTrue();
    }

    @Test
    void an_instruction_belongs_to_a_prompt_that_has_one() {
        RelevancePrompt without = new RelevancePrompt(List.of("{query}", "{document}"), "yes", null);
        RelevancePrompt with = new RelevancePrompt(List.of("{instruction} {query}", "{document}"), "yes", null);

        for (GenerativeScoringModel.Builder builder : List.of(
                GenerativeScoringModel.builder(without).instruction("any"), GenerativeScoringModel.builder(with))) {
            assertThatThrownBy(() ->
                            builder.modelPath(TestModels.directory("qwen3")).build())
                    .isInstanceOf(InvalidOptionException.class)
                    .hasMessage("instruction must be set for a prompt that contains {instruction}, and only then");
        }
    }

    @Test
    void a_prompt_ends_a_part_with_its_document() {
        assertThatThrownBy(() -> new RelevancePrompt(List.of("{query} {document}?"), "yes", "no"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("parts must have {document} once, at the end of a part, got [{query} {document}?]");
        assertThatThrownBy(() -> new RelevancePrompt(List.of("{document}"), "yes", "no"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("parts must have {query}, got [{document}]");
    }

    private static void assertScores(GenerativeScoringModel model, String reference, double tolerance) {
        assertScores(model, TestModels.reference(reference), ReferencePair::score, tolerance);
    }

    private static void assertScores(
            GenerativeScoringModel model,
            List<ReferencePair> reference,
            Function<ReferencePair, Double> expected,
            double tolerance) {
        Map<String, List<ReferencePair>> byQuery =
                reference.stream().collect(Collectors.groupingBy(ReferencePair::query));
        assertThat(byQuery).isNotEmpty();
        byQuery.forEach((query, pairs) -> {
            Response<List<Double>> response = model.scoreAll(
                    pairs.stream().map(pair -> TextSegment.from(pair.passage())).toList(), query);

            for (int i = 0; i < pairs.size(); i++) {
                assertThat(response.content().get(i))
                        .as("%s and %s", query, pairs.get(i).passage())
                        .isCloseTo(expected.apply(pairs.get(i)), within(tolerance));
            }
            assertThat(ScoreDetails.of(response))
                    .extracting(ScoreDetail::truncated)
                    .containsExactlyElementsOf(
                            pairs.stream().map(ReferencePair::truncated).toList());
        });
    }

    private static PromptTokenizer tokenizer(String instruction) {
        return PromptTokenizer.load(files(), RelevancePrompt.QWEN3, instruction, MAX_LENGTH, MAX_LENGTH / 3);
    }

    private static ModelFiles files() {
        return ModelFiles.in(TestModels.directory("qwen3"));
    }

    private static void assumePresent(Engine engine) {
        assumeTrue(
                engine == Engine.ONNX_RUNTIME || TestModels.onPlatformOfPyTorch(),
                "PyTorch is on the test class path for linux-x86_64 only");
    }

    private static GenerativeScoringModel.Builder bgeGemma() {
        return GenerativeScoringModel.bgeGemma()
                .modelPath(TestModels.directory("bge-gemma"))
                .queryMaxLength(QUERY_MAX_LENGTH);
    }

    private static GenerativeScoringModel.Builder qwen3() {
        return GenerativeScoringModel.qwen3().modelPath(TestModels.directory("qwen3"));
    }
}
