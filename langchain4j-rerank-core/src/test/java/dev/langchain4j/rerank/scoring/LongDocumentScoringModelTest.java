package dev.langchain4j.rerank.scoring;

import static dev.langchain4j.rerank.scoring.Texts.segments;
import static dev.langchain4j.rerank.scoring.Texts.words;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.within;

import dev.langchain4j.data.document.Metadata;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.model.output.Response;
import dev.langchain4j.model.scoring.ScoringModel;
import dev.langchain4j.rerank.RerankMetadata;
import dev.langchain4j.rerank.ScoreDetail;
import dev.langchain4j.rerank.ScoreDetails;
import dev.langchain4j.rerank.ScoreSink;
import dev.langchain4j.rerank.TextWindow;
import dev.langchain4j.rerank.testkit.FakeScoringModel;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class LongDocumentScoringModelTest {

    private static final Pattern WORD = Pattern.compile("w(\\d+)");

    /** Scores by the numbers of the words in a window: the highest of them. */
    private final FakeScoringModel inner = new FakeScoringModel((text, query) -> highestWord(text));

    @Test
    void a_short_text_is_handed_on_as_it_is() {
        List<List<TextSegment>> asked = new ArrayList<>();
        TextSegment segment = TextSegment.from("w1 w2", Metadata.from("title", "words"));
        ScoringModel model = windowed((segments, query) -> {
                    asked.add(segments);
                    return Response.from(List.of(0.5));
                })
                .build();

        Response<List<Double>> response = model.scoreAll(List.of(segment), "query");

        assertThat(asked).containsExactly(List.of(segment));
        assertThat(ScoreDetails.of(response)).containsExactly(ScoreDetail.ofScored());
    }

    @Test
    void windows_keep_the_metadata_of_their_text() {
        List<TextSegment> asked = new ArrayList<>();
        Metadata metadata = Metadata.from("title", "words");
        ScoringModel model = windowed((segments, query) -> {
                    asked.addAll(segments);
                    return Response.from(Collections.nCopies(segments.size(), 0.5));
                })
                .build();

        model.scoreAll(List.of(TextSegment.from(words(0, 10), metadata)), "query");

        assertThat(asked)
                .hasSizeGreaterThan(1)
                .extracting(TextSegment::metadata)
                .containsOnly(metadata);
    }

    @Test
    void a_text_scores_what_its_best_window_scores() {
        String text = words(20, 30) + " w99 " + words(0, 10);
        ScoringModel model = windowed(inner).build();

        Response<List<Double>> response = model.scoreAll(segments("w1", text, "w2"), "query");

        assertThat(response.content()).containsExactly(1.0, 99.0, 2.0);
        TextWindow best = ScoreDetails.of(response).get(1).bestWindow();
        assertThat(text.substring(best.start(), best.end())).contains("w99");
        assertThat(ScoreDetails.of(response)).extracting(ScoreDetail::truncated).containsOnly(false);
        assertThat(inner.calls()).as("one call for all windows").hasSize(1);
    }

    @Test
    void the_best_window_is_the_first_of_those_that_tie() {
        ScoringModel model =
                windowed(new FakeScoringModel((text, query) -> 1)).overlap(0).build();

        Response<List<Double>> response = model.scoreAll(segments(words(0, 8)), "query");

        assertThat(ScoreDetails.of(response).get(0).bestWindow().start()).isZero();
    }

    @Test
    void a_text_scores_the_mean_of_its_best_windows_if_so_built() {
        ScoringModel model = windowed(inner).overlap(0).meanOfTop(2).build();

        // windows of 4 words, whose scores are 3, 7 and 9
        assertThat(model.scoreAll(segments(words(0, 10), "w5"), "query").content())
                .containsExactly((9.0 + 7.0) / 2, 5.0);
    }

    @Test
    void a_text_scores_what_its_first_window_scores_if_so_built() {
        ScoringModel model = windowed(inner).first().build();

        Response<List<Double>> response = model.scoreAll(segments(words(0, 10), "w5"), "query");

        assertThat(response.content()).containsExactly(3.0, 5.0);
        assertThat(ScoreDetails.of(response)).extracting(ScoreDetail::truncated).containsExactly(true, false);
        assertThat(inner.pairs()).isEqualTo(2);
    }

    @Test
    void the_last_choice_of_combination_wins() {
        ScoringModel model =
                windowed(inner).first().meanOfTop(3).max().overlap(0).build();

        assertThat(model.scoreAll(segments(words(0, 10)), "query").content()).containsExactly(9.0);
    }

    @Test
    void a_text_of_two_megabytes_takes_as_many_windows_as_the_budget_allows() {
        String text = words(0, 300_000); // 2,088,889 characters
        ScoringModel model = LongDocumentScoringModel.builder(inner)
                .tokenCountEstimator(new WordCount())
                .maxWindows(32)
                .build();

        Response<List<Double>> response = model.scoreAll(segments(text, "w5"), "query");

        assertThat(text.length()).isGreaterThan(2_000_000);
        assertThat(inner.pairs()).isEqualTo(32 + 1);
        double lastWordRead = 384 + 31 * (384 - 64) - 1;
        assertThat(response.content().get(0)).isCloseTo(lastWordRead, within(1.0));
        assertThat(ScoreDetails.of(response)).extracting(ScoreDetail::truncated).containsExactly(true, false);
    }

    @Test
    void only_as_much_of_a_long_text_is_cut_as_the_budget_needs() {
        List<Integer> lengths = new ArrayList<>();
        EstimatedWindower words = new EstimatedWindower(new WordCount()::estimateTokenCountInText);
        ScoringModel model = LongDocumentScoringModel.builder(inner)
                .windower((text, maxTokens, overlap) -> {
                    lengths.add(text.length());
                    return words.windows(text, maxTokens, overlap);
                })
                .window(10)
                .overlap(0)
                .maxWindows(2)
                .build();

        model.scoreAll(segments(words(0, 300_000), "w1" + " ".repeat(5_000) + words(1, 100)), "query");

        assertThat(lengths).containsExactly(160, 160, 320, 640, 1280, 2560, 5120);
    }

    @Test
    void no_passage_however_long_or_odd_fails_the_rest() {
        ScoringModel strict = (segments, query) -> {
            if (segments.stream().anyMatch(segment -> segment.text().length() > 2_000)) {
                throw new InvalidRequestException("too long");
            }
            return inner.scoreAll(segments, query);
        };
        ScoringModel model = LongDocumentScoringModel.builder(strict)
                .windower(new EstimatedWindower(String::length)) // a token is a character
                .window(2_000)
                .overlap(100)
                .build();

        Response<List<Double>> response = model.scoreAll(
                segments("w1", words(0, 100_000), "x".repeat(100_000), " ".repeat(100_000) + "w7", "w2"), "query");

        assertThat(response.content()).hasSize(5).startsWith(1.0).endsWith(7.0, 2.0);
    }

    @Test
    void windows_without_any_text_are_left_out() {
        String text = "w1" + " ".repeat(100) + "w2";
        ScoringModel model = LongDocumentScoringModel.builder(inner)
                .windower(new EstimatedWindower(String::length))
                .window(10)
                .overlap(0)
                .build();

        Response<List<Double>> response = model.scoreAll(segments(text), "query");

        assertThat(response.content()).containsExactly(2.0);
        assertThat(inner.calls().get(0).texts()).extracting(String::strip).containsExactly("w1", "w2");
    }

    @Test
    void reports_what_the_model_says_of_the_best_window() {
        ScoringModel inside = (segments, query) -> Response.from(
                List.of(1.0, 2.0),
                null,
                null,
                RerankMetadata.builder()
                        .scoreDetails(List.of(
                                ScoreDetail.ofScored(), new ScoreDetail(true, "stage", new TextWindow(1, 3), true)))
                        .build()
                        .toMap());
        ScoringModel model = windowed(inside)
                .windower((text, max, overlap) -> List.of(new TextWindow(0, 5), new TextWindow(5, 10)))
                .build();

        Response<List<Double>> response = model.scoreAll(segments("w0 w1 w2 w"), "query");

        assertThat(ScoreDetails.of(response))
                .containsExactly(new ScoreDetail(true, "stage", new TextWindow(5 + 1, 5 + 3), true));
    }

    @Test
    void tells_the_score_of_a_text_with_its_last_window() {
        ProgressiveFake progressive = new ProgressiveFake();
        LongDocumentScoringModel model =
                windowed(progressive).overlap(0).meanOfTop(2).build();
        Map<Integer, Double> told = new TreeMap<>();
        String text = words(0, 8);

        CompletableFuture<Void> future = model.scoreEach(List.of("w1", text, "w2"), "query", told::put);
        ProgressiveFake.Call call = progressive.calls().get(0);
        call.tell(2);
        call.tell(3);
        assertThat(told).containsOnlyKeys(2);
        call.tell(1);
        call.tell(0);
        call.done().complete(null);

        assertThat(future).isCompleted();
        Double[] ofWindows =
                Texts.scores("query", call.texts().get(1), call.texts().get(2));
        assertThat(told)
                .containsExactly(
                        entry(0, Texts.scores("query", "w1")[0]),
                        entry(1, (Math.max(ofWindows[0], ofWindows[1]) + Math.min(ofWindows[0], ofWindows[1])) / 2),
                        entry(2, Texts.scores("query", "w2")[0]));
    }

    @Test
    void tells_the_best_window_with_the_score() {
        ProgressiveFake progressive = new ProgressiveFake();
        LongDocumentScoringModel model = windowed(progressive).overlap(0).build();
        List<ScoreDetail> told = new ArrayList<>();
        String text = words(0, 8);
        CompletableFuture<Void> unused = model.scoreEach(List.of(text), "query", new ScoreSink() {
            @Override
            public void accept(int index, double score) {
                throw new AssertionError("told without detail");
            }

            @Override
            public void accept(int index, double score, ScoreDetail detail) {
                told.add(detail);
            }
        });

        progressive.calls().get(0).sink().accept(0, 0.5);
        progressive.calls().get(0).sink().accept(1, 0.6, new ScoreDetail(true, "stage", null, true));

        int start = text.indexOf("w4");
        assertThat(told).containsExactly(new ScoreDetail(true, "stage", new TextWindow(start, text.length()), true));
    }

    @Test
    void passes_the_cancellation_of_a_progressive_call_down() {
        ProgressiveFake progressive = new ProgressiveFake();
        LongDocumentScoringModel model = windowed(progressive).build();

        model.scoreEach(List.of("w1"), "query", (index, score) -> {}).cancel(true);

        assertThat(progressive.calls().get(0).done()).isCancelled();
    }

    @Test
    void is_not_progressive_if_the_model_is_not() {
        LongDocumentScoringModel model = windowed(inner).build();
        Map<Integer, Double> reported = new TreeMap<>();

        CompletableFuture<Void> future = model.scoreEach(List.of("w1", words(0, 8)), "query", reported::put);

        assertThat(model.progressive()).isFalse();
        assertThat(future).isCompleted();
        assertThat(List.copyOf(reported.values()))
                .isEqualTo(model.scoreAll(segments("w1", words(0, 8)), "query").content());
    }

    @Test
    void is_progressive_if_the_model_is() {
        assertThat(windowed(new ProgressiveFake()).build().progressive()).isTrue();
    }

    @Test
    void refuses_what_cannot_be_windowed() {
        assertThatIllegalStateException()
                .isThrownBy(windowed(CascadeScoringModel.builder(inner, inner).build())::build)
                .withMessage(
                        "CascadeScoringModel is listwise: its scores depend on all texts of a call, so it cannot be"
                                + " windowed; put the windows around the models inside it");
        assertThatIllegalStateException()
                .isThrownBy(LongDocumentScoringModel.builder(inner)::build)
                .withMessage("FakeScoringModel cannot cut texts itself: set a windower or a tokenCountEstimator");
        assertThatIllegalArgumentException()
                .isThrownBy(windowed(inner).window(4).overlap(4)::build)
                .withMessage("overlap must be less than window, got overlap 4 and window 4");
    }

    @Test
    void refuses_bad_options() {
        LongDocumentScoringModel.Builder builder = LongDocumentScoringModel.builder(inner);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.window(0))
                .withMessage("window must be at least 1, got 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.overlap(-1))
                .withMessage("overlap must be at least 0, got -1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.maxWindows(0))
                .withMessage("maxWindows must be at least 1, got 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.meanOfTop(0))
                .withMessage("meanOfTop must be at least 1, got 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.windower(null))
                .withMessage("windower is null: pass a windower, or leave it out for that of the model");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.tokenCountEstimator(null))
                .withMessage("tokenCountEstimator is null: pass an estimator, or set a windower");
    }

    /** Windows of 4 words, of which neighbours share 1. */
    private static LongDocumentScoringModel.Builder windowed(ScoringModel model) {
        return LongDocumentScoringModel.builder(model)
                .tokenCountEstimator(new WordCount())
                .window(4)
                .overlap(1);
    }

    private static double highestWord(String text) {
        return WORD.matcher(text)
                .results()
                .mapToInt(word -> Integer.parseInt(word.group(1)))
                .max()
                .orElse(0);
    }
}
