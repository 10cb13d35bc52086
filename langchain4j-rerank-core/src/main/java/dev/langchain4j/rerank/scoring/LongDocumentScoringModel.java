package dev.langchain4j.rerank.scoring;

import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.TokenCountEstimator;
import dev.langchain4j.model.output.Response;
import dev.langchain4j.model.scoring.ScoringModel;
import dev.langchain4j.model.scoring.request.ScoringRequest;
import dev.langchain4j.model.scoring.request.ScoringRequestParameters;
import dev.langchain4j.model.scoring.response.ScoringResponse;
import dev.langchain4j.rerank.InvalidOptionException;
import dev.langchain4j.rerank.ProgressiveScoringModel;
import dev.langchain4j.rerank.ScaledScoringModel;
import dev.langchain4j.rerank.ScoreDetail;
import dev.langchain4j.rerank.ScoreScale;
import dev.langchain4j.rerank.ScoreSink;
import dev.langchain4j.rerank.ScoringTimes;
import dev.langchain4j.rerank.TextWindower;
import dev.langchain4j.rerank.internal.Arguments;
import dev.langchain4j.rerank.internal.Futures;
import dev.langchain4j.rerank.internal.ModelResponse;
import dev.langchain4j.rerank.internal.ProgressiveAdapter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A model for texts of any length, over a model that reads a limited number of tokens: it splits a long text into windows
 * that overlap, scores each window, and combines their scores. With s1 &ge; s2 &ge; ... the scores of its windows, a
 * text scores
 *
 * <ul>
 *   <li>{@link Builder#max()}: s1, the default. A text is as relevant as its best passage.
 *   <li>{@link Builder#meanOfTop(int)}: (s1 + ... + sm) / m, over all windows if there are fewer than m.
 *   <li>{@link Builder#first()}: the score of the first window, the others are not scored.
 * </ul>
 *
 * <p>The first and the last are MaxP and FirstP of Dai and Callan, "Deeper Text Understanding for IR with Contextual
 * Neural Language Modeling", SIGIR 2019. A text that fits into one window is scored unchanged.
 *
 * <p>A text has at most {@link Builder#maxWindows} windows; the rest of it is not read, and the text is reported as
 * {@link ScoreDetail#truncated()}. So the cost of a text is bounded, and no text is too long for the model. {@link
 * ScoreDetail#bestWindow()} is the window with the highest score, null for a text of one window. Blank windows are left
 * out.
 *
 * <p>A listwise model is refused, since its scores would depend on the windows of other texts. The model is called once
 * for all windows of a call. Scale, parameters, token usage, billed units and times are those of the model. This model is
 * {@linkplain #progressive() progressive} if the inner model is, and reports the score of a text when its last window is
 * scored. Thread-safe. Closes nothing.
 */
public final class LongDocumentScoringModel implements ScaledScoringModel, ProgressiveScoringModel {

    private final ScoringModel inner;
    private final ProgressiveScoringModel progressive;
    private final ScoreScale scale;
    private final TextWindower windower;
    private final int window;
    private final int overlap;
    private final int maxWindows;
    private final int top;

    private LongDocumentScoringModel(Builder builder, TextWindower windower) {
        this.inner = builder.inner.model();
        this.progressive = ProgressiveAdapter.of(inner);
        this.scale = builder.inner.scale();
        this.windower = windower;
        this.window = builder.window;
        this.overlap = builder.overlap;
        this.maxWindows = builder.firstOnly ? 1 : builder.maxWindows;
        this.top = builder.firstOnly ? 1 : builder.top;
    }

    /**
     * Starts a model for long texts.
     *
     * @param model scores the windows; not listwise
     * @throws dev.langchain4j.rerank.InvalidOptionException if the model is null
     */
    public static Builder builder(ScoringModel model) {
        return new Builder(model);
    }

    @Override
    public ScoreScale scoreScale() {
        return scale;
    }

    @Override
    public boolean progressive() {
        return progressive.progressive();
    }

    @Override
    public ScoringRequestParameters defaultRequestParameters() {
        return inner.defaultRequestParameters();
    }

    @Override
    public Response<List<Double>> scoreAll(List<TextSegment> segments, String query) {
        return CallContext.sync(segments, query, defaultRequestParameters(), this::score);
    }

    @Override
    public CompletableFuture<ScoringResponse> doScoreAsync(ScoringRequest request) {
        return CallContext.async(request, this::score);
    }

    /** Reports the score of a text when its last window is scored. */
    @Override
    public CompletableFuture<Void> scoreEach(List<String> texts, String query, ScoreSink sink) {
        return Futures.start(() -> {
            List<TextSegment> segments =
                    Arguments.texts(texts).stream().map(TextSegment::from).toList();
            Arguments.query(query);
            List<WindowedText> windowed = windowed(segments);
            List<String> parts = windowed.stream()
                    .flatMap(WindowedText::parts)
                    .map(TextSegment::text)
                    .toList();
            return ModelResponse.future(inner, progressive.scoreEach(parts, query, new WindowSink(windowed, sink)));
        });
    }

    private CompletableFuture<ModelResponse> score(CallContext call) {
        List<WindowedText> texts = windowed(call.segments());
        List<TextSegment> parts = texts.stream().flatMap(WindowedText::parts).toList();
        return call.score(inner, parts).thenApply(windows -> joined(texts, windows));
    }

    private List<WindowedText> windowed(List<TextSegment> segments) {
        return segments.stream()
                .map(segment -> WindowedText.of(segment, windower, window, overlap, maxWindows))
                .toList();
    }

    private ModelResponse joined(List<WindowedText> texts, ModelResponse windows) {
        List<Double> scores = new ArrayList<>();
        List<ScoreDetail> details = new ArrayList<>();
        int from = 0;
        for (WindowedText text : texts) {
            int to = from + text.windows().size();
            List<Double> ofWindows = windows.scores().subList(from, to);
            int best = best(ofWindows);
            scores.add(combined(ofWindows));
            details.add(text.detail(best, windows.detail(from + best)));
            from = to;
        }
        return windows.with(scores, details);
    }

    private static int best(List<Double> ofWindows) {
        return ofWindows.indexOf(Collections.max(ofWindows));
    }

    /** The mean of the best scores; the mean of one score is exactly that score. */
    private double combined(List<Double> ofWindows) {
        return ofWindows.stream()
                .sorted(Comparator.reverseOrder())
                .limit(top)
                .mapToDouble(Double::doubleValue)
                .average()
                .orElseThrow();
    }

    /** Collects the scores of windows and reports that of a text when its last window is scored. */
    private final class WindowSink implements ScoreSink {

        private final List<WindowedText> texts;
        private final ScoreSink sink;
        private final int[] textOf;
        private final int[] firstWindow;
        private final Double[] scores;
        private final ScoreDetail[] details;
        private final AtomicIntegerArray missing;

        private WindowSink(List<WindowedText> texts, ScoreSink sink) {
            this.texts = texts;
            this.sink = sink;
            int[] windows =
                    texts.stream().mapToInt(text -> text.windows().size()).toArray();
            missing = new AtomicIntegerArray(windows);
            textOf = IntStream.range(0, windows.length)
                    .flatMap(text -> IntStream.generate(() -> text).limit(windows[text]))
                    .toArray();
            scores = new Double[textOf.length];
            details = new ScoreDetail[textOf.length];
            firstWindow = new int[windows.length + 1];
            Arrays.setAll(firstWindow, text -> text == 0 ? 0 : firstWindow[text - 1] + windows[text - 1]);
        }

        @Override
        public void accept(int index, double score) {
            accept(index, score, ScoreDetail.ofScored());
        }

        @Override
        public void accept(int index, double score, ScoreDetail detail) {
            scores[index] = ModelResponse.finite(inner, score, index, scores.length);
            details[index] = detail;
            int text = textOf[index];
            // Counting down publishes the score to the thread that counts to zero.
            if (missing.decrementAndGet(text) == 0) {
                report(text, firstWindow[text], firstWindow[text + 1]);
            }
        }

        @Override
        public void times(ScoringTimes times) {
            sink.times(times);
        }

        private void report(int text, int from, int to) {
            List<Double> ofWindows = Arrays.asList(scores).subList(from, to);
            int best = best(ofWindows);
            sink.accept(text, combined(ofWindows), texts.get(text).detail(best, details[from + best]));
        }
    }

    /** Builder of {@link LongDocumentScoringModel}. Not thread-safe; may be used again after {@link #build()}. */
    public static final class Builder {

        private final InnerModel inner;
        private @Nullable TextWindower windower;
        private int window = 384;
        private int overlap = 64;
        private int maxWindows = 32;
        private int top = 1;
        private boolean firstOnly;

        private Builder(ScoringModel model) {
            inner = InnerModel.of(model, "model", "model");
            windower = model instanceof TextWindower own ? own : null;
        }

        /**
         * Splits the texts. Default the model itself if it is a {@link TextWindower}, as the local models are: then
         * tokens are those of the model's tokenizer.
         */
        public Builder windower(TextWindower windower) {
            this.windower =
                    Arguments.required("windower", windower, "pass a windower, or leave it out for that of the model");
            return this;
        }

        /**
         * Splits the texts by counting tokens, between words if possible. The estimator may use another tokenizer than
         * the model if {@link #window} leaves room for the difference. Costs about ten counts per window.
         */
        public Builder tokenCountEstimator(TokenCountEstimator estimator) {
            TokenCountEstimator tokens =
                    Arguments.required("tokenCountEstimator", estimator, "pass an estimator, or set a windower");
            this.windower = new EstimatedWindower(tokens::estimateTokenCountInText);
            return this;
        }

        /**
         * Number of tokens per window, at least 1. Default 384, which leaves 128 tokens of a model of 512 for the query
         * and the special tokens.
         */
        public Builder window(int tokens) {
            this.window = Arguments.atLeast("window", 1, tokens);
            return this;
        }

        /** Number of tokens that neighbouring windows share, from 0 and less than {@link #window}. Default 64. */
        public Builder overlap(int tokens) {
            this.overlap = Arguments.atLeast("overlap", 0, tokens);
            return this;
        }

        /** Maximum number of windows per text, at least 1. Default 32. */
        public Builder maxWindows(int maxWindows) {
            this.maxWindows = Arguments.atLeast("maxWindows", 1, maxWindows);
            return this;
        }

        /** The score of a text is that of its best window. The default. */
        public Builder max() {
            return meanOfTop(1);
        }

        /** The score of a text is the mean of its best {@code m} windows, or of all if it has fewer; {@code m} at least 1. */
        public Builder meanOfTop(int m) {
            this.top = Arguments.atLeast("meanOfTop", 1, m);
            this.firstOnly = false;
            return this;
        }

        /** The score of a text is that of its first window. */
        public Builder first() {
            this.firstOnly = true;
            return this;
        }

        /**
         * Builds the model.
         *
         * @throws IllegalStateException if the model is listwise, or if it cannot split texts and neither a windower nor
         *     an estimator is set
         * @throws InvalidOptionException if the overlap is not less than the window
         */
        public LongDocumentScoringModel build() {
            inner.pointwise("windowed", "put the windows around the models inside it");
            if (windower == null) {
                throw new IllegalStateException("%s cannot cut texts itself: set a windower or a tokenCountEstimator"
                        .formatted(ModelResponse.nameOf(inner.model())));
            }
            if (overlap >= window) {
                throw new InvalidOptionException(
                        "overlap",
                        "overlap must be less than window, got overlap %d and window %d".formatted(overlap, window));
            }
            return new LongDocumentScoringModel(this, windower);
        }
    }
}
