package dev.langchain4j.rerank.scoring;

import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.TokenCountEstimator;
import dev.langchain4j.model.output.Response;
import dev.langchain4j.model.scoring.ScoringModel;
import dev.langchain4j.model.scoring.request.ScoringRequest;
import dev.langchain4j.model.scoring.request.ScoringRequestParameters;
import dev.langchain4j.model.scoring.response.ScoringResponse;
import dev.langchain4j.rerank.ProgressiveScoringModel;
import dev.langchain4j.rerank.ScaledScoringModel;
import dev.langchain4j.rerank.ScoreDetail;
import dev.langchain4j.rerank.ScoreScale;
import dev.langchain4j.rerank.ScoreSink;
import dev.langchain4j.rerank.ScoringTimes;
import dev.langchain4j.rerank.TextWindower;
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
 * Scores texts of any length with a model that reads only so many tokens: cuts a long text into windows that overlap,
 * scores each window, and takes the score of the text from them. With s1 &ge; s2 &ge; ... the scores of its windows, a
 * text scores
 *
 * <ul>
 *   <li>{@link Builder#max()}: s1, the default. A text is as relevant as its best passage.
 *   <li>{@link Builder#meanOfTop(int)}: (s1 + ... + sm) / m, over all windows if there are fewer than m.
 *   <li>{@link Builder#first()}: the score of the first window, the others are not scored.
 * </ul>
 *
 * <p>The first and the last are MaxP and FirstP of Dai and Callan, "Deeper Text Understanding for IR with Contextual
 * Neural Language Modeling", SIGIR 2019. A text that fits into one window is handed on as it is.
 *
 * <p>A text has at most {@link Builder#maxWindows} windows; what lies behind them is not read and the text is reported
 * as {@link ScoreDetail#truncated()}. So no text, however long, costs more than that or is too long for the model.
 * {@link ScoreDetail#bestWindow()} is the window with the highest score, null for a text of one window. Windows without
 * any letter or sign are left out.
 *
 * <p>A listwise model is refused, since its scores would depend on the windows of other texts. The model is asked once
 * for all windows of a call. Scale and parameters are those of the model; this is a {@link ProgressiveScoringModel} if
 * the model is, and then tells the score of a text when its last window is scored. Thread-safe. Closes nothing.
 */
public sealed class LongDocumentScoringModel implements ScaledScoringModel {

    private final ScoringModel inner;
    private final ScoreScale scale;
    private final TextWindower windower;
    private final int window;
    private final int overlap;
    private final int maxWindows;
    private final int top;

    private LongDocumentScoringModel(Builder builder, TextWindower windower) {
        this.inner = builder.inner.model();
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
     */
    public static Builder builder(ScoringModel model) {
        return new Builder(model);
    }

    @Override
    public ScoreScale scoreScale() {
        return scale;
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

    private CompletableFuture<Scores> score(CallContext call) {
        List<WindowedText> texts = windowed(call.segments());
        List<TextSegment> parts = texts.stream().flatMap(WindowedText::parts).toList();
        return call.ask(inner, parts).thenApply(scores -> joined(texts, scores));
    }

    private List<WindowedText> windowed(List<TextSegment> segments) {
        return segments.stream()
                .map(segment -> WindowedText.of(segment, windower, window, overlap, maxWindows))
                .toList();
    }

    private Scores joined(List<WindowedText> texts, Scores scores) {
        List<Double> values = new ArrayList<>();
        List<ScoreDetail> details = new ArrayList<>();
        int from = 0;
        for (WindowedText text : texts) {
            int to = from + text.windows().size();
            List<Double> ofWindows = scores.values().subList(from, to);
            int best = best(ofWindows);
            values.add(combined(ofWindows));
            details.add(text.detail(best, scores.details().get(from + best)));
            from = to;
        }
        return new Scores(values, details, scores.modelName(), scores.usage(), scores.times());
    }

    private static int best(List<Double> ofWindows) {
        return ofWindows.indexOf(Collections.max(ofWindows));
    }

    /** The mean of the best scores; of one score it is that very number. */
    private double combined(List<Double> ofWindows) {
        return ofWindows.stream()
                .sorted(Comparator.reverseOrder())
                .limit(top)
                .mapToDouble(Double::doubleValue)
                .average()
                .orElseThrow();
    }

    /** Over a model that tells scores as they come. */
    private static final class Progressive extends LongDocumentScoringModel implements ProgressiveScoringModel {

        private final ProgressiveScoringModel inner;

        private Progressive(Builder builder, TextWindower windower, ProgressiveScoringModel inner) {
            super(builder, windower);
            this.inner = inner;
        }

        @Override
        public CompletableFuture<Void> scoreEach(List<String> texts, String query, ScoreSink sink) {
            CallContext.checkedQuery(query);
            List<WindowedText> windowed = super.windowed(CallContext.checkedTexts(texts));
            List<String> parts = windowed.stream()
                    .flatMap(WindowedText::parts)
                    .map(TextSegment::text)
                    .toList();
            return inner.scoreEach(parts, query, new WindowSink(windowed, sink));
        }

        /** Tells the score of a text when its last window is scored. */
        private final class WindowSink implements ScoreSink {

            private final List<WindowedText> texts;
            private final ScoreSink sink;
            private final int[] textOf;
            private final int[] firstWindow;
            private final Double[] scores;
            private final ScoreDetail[] details;
            private final AtomicIntegerArray open;

            private WindowSink(List<WindowedText> texts, ScoreSink sink) {
                this.texts = texts;
                this.sink = sink;
                int[] windows =
                        texts.stream().mapToInt(text -> text.windows().size()).toArray();
                open = new AtomicIntegerArray(windows);
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
                scores[index] = Scores.finite(inner, index, score);
                details[index] = detail;
                int text = textOf[index];
                // Counting down publishes the score to the thread that counts to zero.
                if (open.decrementAndGet(text) == 0) {
                    tell(text, firstWindow[text], firstWindow[text + 1]);
                }
            }

            @Override
            public void times(ScoringTimes times) {
                sink.times(times);
            }

            private void tell(int text, int from, int to) {
                List<Double> ofWindows = Arrays.asList(scores).subList(from, to);
                int best = best(ofWindows);
                sink.accept(
                        text,
                        Progressive.super.combined(ofWindows),
                        texts.get(text).detail(best, details[from + best]));
            }
        }
    }

    /** Options of a {@link LongDocumentScoringModel}. Not thread-safe; may be used again after {@link #build()}. */
    public static final class Builder {

        private final InnerModel inner;
        private @Nullable TextWindower windower;
        private int window = 384;
        private int overlap = 64;
        private int maxWindows = 32;
        private int top = 1;
        private boolean firstOnly;

        private Builder(ScoringModel model) {
            inner = InnerModel.of(model, "model");
            windower = model instanceof TextWindower own ? own : null;
        }

        /**
         * Cuts the texts. Default the model itself if it is a {@link TextWindower}, as the local ones are: then a token
         * is what the model takes for one.
         */
        public Builder windower(TextWindower windower) {
            if (windower == null) {
                throw new IllegalArgumentException("windower is null: give a windower, or leave it to the model");
            }
            this.windower = windower;
            return this;
        }

        /**
         * Cuts the texts by counting tokens, between words where there are any. The count may be that of another
         * tokenizer if {@link #window} leaves room for the difference. Costs about ten counts a window.
         */
        public Builder tokenCountEstimator(TokenCountEstimator estimator) {
            if (estimator == null) {
                throw new IllegalArgumentException("tokenCountEstimator is null: give an estimator");
            }
            this.windower = new EstimatedWindower(estimator::estimateTokenCountInText);
            return this;
        }

        /**
         * How many tokens of a text the model reads at once, at least 1. Default 384, which leaves 128 of a model of 512
         * to the query and the special tokens.
         */
        public Builder window(int tokens) {
            this.window = atLeast(1, "window", tokens);
            return this;
        }

        /** How many tokens neighbouring windows share, from 0 and less than {@link #window}. Default 64. */
        public Builder overlap(int tokens) {
            this.overlap = atLeast(0, "overlap", tokens);
            return this;
        }

        /** How many windows of one text are scored at most, at least 1. Default 32. */
        public Builder maxWindows(int maxWindows) {
            this.maxWindows = atLeast(1, "maxWindows", maxWindows);
            return this;
        }

        /** A text scores what its best window scores. The default. */
        public Builder max() {
            return meanOfTop(1);
        }

        /** A text scores the mean of its best {@code m} windows, or of all if it has fewer; {@code m} at least 1. */
        public Builder meanOfTop(int m) {
            this.top = atLeast(1, "meanOfTop", m);
            this.firstOnly = false;
            return this;
        }

        /** A text scores what its first window scores. */
        public Builder first() {
            this.firstOnly = true;
            return this;
        }

        /**
         * Builds the model.
         *
         * @throws IllegalStateException if the model is listwise, if nothing can cut the texts, or if the overlap is as
         *     long as the window
         */
        public LongDocumentScoringModel build() {
            inner.pointwise("windowed", "put the windows around the models inside it");
            if (windower == null) {
                throw new IllegalStateException(
                        "%s cannot cut texts itself: set a windower or a tokenCountEstimator".formatted(inner.name()));
            }
            if (overlap >= window) {
                throw new IllegalStateException(
                        "overlap must be less than window, got overlap %d and window %d".formatted(overlap, window));
            }
            return inner.model() instanceof ProgressiveScoringModel progressive
                    ? new Progressive(this, windower, progressive)
                    : new LongDocumentScoringModel(this, windower);
        }

        private static int atLeast(int least, String option, int value) {
            if (value < least) {
                throw new IllegalArgumentException("%s must be at least %d, got %d".formatted(option, least, value));
            }
            return value;
        }
    }
}
