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
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ColbertScoringModelTest {

    private static final String QUERY = "which query?";

    private static final int SIZE = 8; // numbers of a vector, in make_colbert.py too

    @ParameterizedTest
    @CsvSource({
        "colbert, ONNX_RUNTIME",
        "colbert, PYTORCH",
        "colbert-modernbert, ONNX_RUNTIME",
        "colbert-modernbert, PYTORCH"
    })
    void scores_as_pylate_does(String family, Engine engine) {
        assumeTrue(
                engine == Engine.ONNX_RUNTIME || TestModels.onPlatformOfPyTorch(),
                "PyTorch is on the test class path for linux-x86_64 only");
        Map<String, List<ReferencePair>> byQuery =
                TestModels.reference(family).stream().collect(Collectors.groupingBy(ReferencePair::query));
        assertThat(byQuery).isNotEmpty();
        try (ColbertScoringModel model = builder(family).engine(engine).build()) {
            byQuery.forEach((query, pairs) -> {
                Response<List<Double>> response = model.scoreAll(
                        pairs.stream()
                                .map(pair -> TextSegment.from(pair.passage()))
                                .toList(),
                        query);

                for (int i = 0; i < pairs.size(); i++) {
                    assertThat(response.content().get(i))
                            .as("%s and %s", query, pairs.get(i).passage())
                            .isCloseTo(pairs.get(i).score(), within(1e-4));
                }
                assertThat(ScoreDetails.of(response))
                        .extracting(ScoreDetail::truncated)
                        .containsExactlyElementsOf(
                                pairs.stream().map(ReferencePair::truncated).toList());
            });
        }
    }

    @Test
    void a_passage_scores_bit_for_bit_the_same_alone_kept_and_in_company() {
        List<TextSegment> passages = Stream.of("short", "a longer passage of several words", "third")
                .map(TextSegment::from)
                .toList();
        try (ColbertScoringModel plain = builder("colbert").build();
                ColbertScoringModel keeping =
                        builder("colbert").documentCache(2).workers(2).build()) {
            List<Double> alone = passages.stream()
                    .map(passage -> plain.score(passage, QUERY).content())
                    .toList();

            assertThat(plain.scoreAll(passages, QUERY).content()).isEqualTo(alone);
            assertThat(keeping.scoreAll(passages, QUERY).content()).isEqualTo(alone);
            assertThat(keeping.scoreAll(passages, QUERY).content()).isEqualTo(alone);
        }
    }

    @Test
    void a_passage_that_is_kept_is_not_read_again() {
        FakeBackend backend = FakeBackend.onePairARun().answering(ColbertScoringModelTest::ones);
        List<TextSegment> passages = List.of(TextSegment.from("one"), TextSegment.from("two"));
        try (ColbertScoringModel model = builder("colbert").documentCache(10).build(files(), () -> backend)) {
            model.scoreAll(passages, QUERY);
            int before = backend.runs.size();

            model.scoreAll(passages, "another query");

            assertThat(backend.runs).as("the query alone").hasSize(before + 1);
        }
    }

    @Test
    void nothing_is_kept_by_default() {
        FakeBackend backend = FakeBackend.onePairARun().answering(ColbertScoringModelTest::ones);
        try (ColbertScoringModel model = builder("colbert").build(files(), () -> backend)) {
            model.score("one", QUERY);
            int before = backend.runs.size();

            model.score("one", QUERY);

            assertThat(backend.runs).as("query and passage").hasSize(before + 2);
        }
    }

    @Test
    void scores_one_for_each_token_of_the_query_where_all_vectors_are_equal() {
        // all vectors are the same, so each of the query's 24 tokens finds an inner product of 1
        FakeBackend backend = FakeBackend.onePairARun().answering(ColbertScoringModelTest::ones);
        try (ColbertScoringModel model = builder("colbert").build(files(), () -> backend)) {
            assertThat(model.score("one", QUERY).content()).isCloseTo(24 * 1.0, within(1e-5));
            assertThat(model.scoreScale()).isEqualTo(ScoreScale.RELATIVE);
        }
    }

    @Test
    void takes_lengths_of_its_own() {
        FakeBackend backend = FakeBackend.onePairARun().answering(ColbertScoringModelTest::ones);
        try (ColbertScoringModel model =
                builder("colbert").queryLength(10).documentLength(12).build(files(), () -> backend)) {
            Response<List<Double>> response = model.scoreAll(List.of(TextSegment.from("a ".repeat(50))), QUERY);

            assertThat(response.content().get(0)).isCloseTo(10 * 1.0, within(1e-5));
            assertThat(response.tokenUsage().inputTokenCount()).isEqualTo(12);
            assertThat(ScoreDetails.of(response))
                    .extracting(ScoreDetail::truncated)
                    .containsExactly(true);
        }
    }

    @Test
    void cuts_texts_into_windows() {
        try (ColbertScoringModel model = builder("colbert").build()) {
            assertThat(model.windows("a b c d", 2, 0)).containsExactly(new TextWindow(0, 4), new TextWindow(4, 7));
        }
    }

    @Test
    void refuses_a_network_without_its_projection(@TempDir Path directory) throws IOException {
        for (String file :
                List.of("model.onnx", "tokenizer.json", "tokenizer_config.json", "config.json", ColbertConfig.PYLATE)) {
            Files.copy(TestModels.directory("colbert").resolve(file), directory.resolve(file));
        }

        assertThatThrownBy(
                        () -> ColbertScoringModel.builder().modelPath(directory).build())
                .isInstanceOf(LocalModelException.class)
                .hasMessage(
                        "%s answers the 16 numbers per token of its encoder, and there is no 1_Dense/model.safetensors: the projection of a late-interaction model is missing",
                        directory);
    }

    @Test
    void refuses_a_tokenizer_without_markers() {
        Path directory = TestModels.directory("bert");

        assertThatThrownBy(
                        () -> ColbertScoringModel.builder().modelPath(directory).build())
                .isInstanceOf(LocalModelException.class)
                .hasMessage(
                        "%s is not the tokenizer of a late-interaction model: it has no token \"[Q] \"",
                        directory.resolve("tokenizer.json"));
    }

    @Test
    void refuses_vectors_that_the_dense_layer_does_not_take() {
        FakeBackend backend = FakeBackend.onePairARun().answering(text -> new float[text.length() * 5]);

        assertThatThrownBy(() -> builder("colbert").build(files(), () -> backend))
                .isInstanceOf(LocalModelException.class)
                .hasMessage(
                        "%s answers 5 numbers a token; its dense layers make 8 of 16", TestModels.directory("colbert"));
        assertThat(backend.closed).isTrue();
    }

    @Test
    void refuses_bad_options() {
        ColbertScoringModel.Builder builder = builder("colbert");

        assertThatThrownBy(() -> builder.queryLength(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("queryLength must be at least 1, got 0");
        assertThatThrownBy(() -> builder.documentLength(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("documentLength must be at least 1, got 0");
        assertThatThrownBy(() -> builder.documentCache(-1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("documentCache must be at least 0, got -1");
        assertThatThrownBy(() -> builder.documentLength(3).build())
                .isInstanceOf(InvalidOptionException.class)
                .hasMessage("documentLength must be more than the 3 special tokens of a text, got 3");
    }

    private static float[] ones(TokenSequence text) {
        float[] numbers = new float[text.length() * SIZE];
        Arrays.fill(numbers, 1);
        return numbers;
    }

    private static ModelFiles files() {
        return ModelFiles.in(TestModels.directory("colbert"));
    }

    private static ColbertScoringModel.Builder builder(String family) {
        return ColbertScoringModel.builder().modelPath(TestModels.directory(family));
    }
}
