package dev.langchain4j.rerank.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.output.Response;
import dev.langchain4j.rerank.ScoreDetail;
import dev.langchain4j.rerank.ScoreDetails;
import dev.langchain4j.rerank.local.TestModels.ReferencePair;
import dev.langchain4j.rerank.local.internal.hub.ModelFiles;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each family of encoders on each engine against transformers and sentence-transformers. */
class ReferenceScoresTest {

    private static final double FLOAT_TOLERANCE = 1e-4;
    private static final int MAX_LENGTH = 96; // in shared.py too
    private static final int BGE_QUERY_MAX_LENGTH = 24; // in make.py too

    static Stream<String> families() {
        return TestModels.FAMILIES.stream();
    }

    static Stream<Arguments> familiesOnEngines() {
        return families().flatMap(family -> Stream.of(Engine.values()).map(engine -> Arguments.of(family, engine)));
    }

    @ParameterizedTest
    @MethodSource("families")
    void joins_pairs_as_the_tokenizer_of_the_model_does(String family) {
        try (PairTokenizer tokenizer =
                PairTokenizer.load(ModelFiles.in(TestModels.directory(family)), MAX_LENGTH, MAX_LENGTH / 2)) {
            assertThat(TestModels.reference(family)).isNotEmpty().allSatisfy(expected -> {
                TokenSequence pair = tokenizer.query(expected.query()).with(expected.passage());

                assertThat(pair.tokenIds()).isEqualTo(expected.ids());
                assertThat(pair.typeIds()).isEqualTo(expected.types());
                assertThat(pair.truncated()).isEqualTo(expected.truncated());
            });
        }
    }

    @ParameterizedTest
    @MethodSource("familiesOnEngines")
    void answers_the_logits_that_transformers_answers(String family, Engine engine) {
        assumePresent(engine);
        try (CrossEncoderScoringModel model = TestModels.builder(family)
                .engine(engine)
                .maxLength(MAX_LENGTH)
                .activation(Activation.NONE)
                .build()) {
            forEachQuery(family, (query, pairs) -> {
                Response<List<Double>> response = model.scoreAll(segments(pairs), query);

                assertClose(
                        response.content(),
                        pairs.stream().map(ReferenceScoresTest::logit).toList());
                assertThat(ScoreDetails.of(response))
                        .extracting(ScoreDetail::truncated)
                        .containsExactlyElementsOf(
                                pairs.stream().map(ReferencePair::truncated).toList());
            });
        }
    }

    @ParameterizedTest
    @MethodSource("familiesOnEngines")
    void scores_as_sentence_transformers_does_by_default(String family, Engine engine) {
        assumePresent(engine);
        try (CrossEncoderScoringModel model =
                TestModels.builder(family).engine(engine).maxLength(MAX_LENGTH).build()) {
            forEachQuery(family, (query, all) -> {
                List<ReferencePair> pairs = all.stream()
                        .filter(pair -> pair.byDefault() != null && pair.byDefault().length == 1)
                        .toList();

                List<Double> scores = model.scoreAll(segments(pairs), query).content();

                assertClose(
                        scores, pairs.stream().map(pair -> pair.byDefault()[0]).toList());
            });
        }
    }

    @ParameterizedTest
    @MethodSource("families")
    void sentence_transformers_cuts_a_passage_alike(String family) {
        assertThat(TestModels.reference(family)).anyMatch(pair -> pair.truncated() && pair.byDefault() != null);
    }

    @Test
    void bge_scores_as_the_bge_function_of_pymilvus_through_flag_embedding() {
        try (CrossEncoderScoringModel model = CrossEncoderScoringModel.bge()
                .modelPath(TestModels.directory("xlm-roberta"))
                .maxLength(MAX_LENGTH)
                .queryMaxLength(BGE_QUERY_MAX_LENGTH)
                .build()) {
            assertScoresAsPyMilvus(model, "xlm-roberta");
        }
    }

    @Test
    void scores_as_the_cross_encoder_function_of_pymilvus_by_default() {
        try (CrossEncoderScoringModel model = TestModels.builder("bert").build()) {
            assertScoresAsPyMilvus(model, "bert");
        }
    }

    private static void assertScoresAsPyMilvus(CrossEncoderScoringModel model, String family) {
        forEachQuery(family, (query, all) -> {
            List<ReferencePair> pairs =
                    all.stream().filter(pair -> pair.pymilvus() != null).toList();

            List<Double> scores = model.scoreAll(segments(pairs), query).content();

            assertClose(scores, pairs.stream().map(ReferencePair::pymilvus).toList());
        });
        assertThat(TestModels.reference(family)).anyMatch(pair -> pair.pymilvus() != null);
    }

    @ParameterizedTest
    @MethodSource("familiesOnEngines")
    void a_pair_scores_the_same_within_1e5_alone_and_in_batches(String family, Engine engine) {
        assumePresent(engine);
        try (CrossEncoderScoringModel model = TestModels.builder(family)
                .engine(engine)
                .activation(Activation.NONE)
                .build()) {
            forEachQuery(family, (query, pairs) -> {
                List<TextSegment> segments = segments(pairs);

                List<Double> together = model.scoreAll(segments, query).content();

                for (int i = 0; i < segments.size(); i++) {
                    assertThat(together.get(i))
                            .isCloseTo(model.score(segments.get(i), query).content(), within(1e-5));
                }
            });
        }
    }

    /** Of two classes, {@code bert-two-class} names the second relevant. */
    private static double logit(ReferencePair pair) {
        double[] logits = pair.logits();
        return logits.length == 1 ? logits[0] : logits[1] - logits[0];
    }

    private static void assertClose(List<Double> scores, List<Double> expected) {
        assertThat(scores).hasSameSizeAs(expected);
        for (int i = 0; i < expected.size(); i++) {
            assertThat(scores.get(i)).isCloseTo(expected.get(i), within(FLOAT_TOLERANCE));
        }
    }

    private static List<TextSegment> segments(List<ReferencePair> pairs) {
        return pairs.stream().map(pair -> TextSegment.from(pair.passage())).toList();
    }

    private static void forEachQuery(String family, BiConsumer<String, List<ReferencePair>> check) {
        Map<String, List<ReferencePair>> byQuery =
                TestModels.reference(family).stream().collect(Collectors.groupingBy(ReferencePair::query));
        assertThat(byQuery).isNotEmpty();
        new ArrayList<>(byQuery.keySet()).forEach(query -> check.accept(query, byQuery.get(query)));
    }

    private static void assumePresent(Engine engine) {
        assumeTrue(
                engine == Engine.ONNX_RUNTIME || TestModels.onPlatformOfPyTorch(),
                "PyTorch is on the test class path for linux-x86_64 only");
    }
}
