package dev.langchain4j.rerank.local;

import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.output.Response;
import dev.langchain4j.model.scoring.request.ScoringRequest;
import dev.langchain4j.model.scoring.response.ScoringResponse;
import dev.langchain4j.rerank.ProgressiveScoringModel;
import dev.langchain4j.rerank.ScaledScoringModel;
import dev.langchain4j.rerank.ScoreScale;
import dev.langchain4j.rerank.ScoreSink;
import dev.langchain4j.rerank.TextWindow;
import dev.langchain4j.rerank.TextWindower;
import dev.langchain4j.rerank.local.PairScorer.PairScores;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * A cross-encoder in this JVM: reads query and passage together and answers how relevant the passage is.
 *
 * <pre>{@code
 * try (CrossEncoderScoringModel model = CrossEncoderScoringModel.builder()
 *         .modelPath(Path.of("ms-marco-MiniLM-L-6-v2"))
 *         .build()) {
 *     double score = model.score(passage, query).content();
 * }
 * }</pre>
 *
 * <p>A pair's score does not depend on the other texts of the call: bit for bit for models that quantise dynamically
 * (int8), which run one pair at a time; within 1e-5 for float models, whose short texts run in batches. The engine's
 * version and the CPU may move it.
 *
 * <p>Where a pair is longer than {@code maxLength} tokens, the end of the passage is not read; of a query longer than
 * {@code queryMaxLength}, neither. Both are told as {@link dev.langchain4j.rerank.ScoreDetail#truncated()} of the pair
 * ({@link dev.langchain4j.rerank.ScoreDetails}). The response's token usage counts what was read, special tokens
 * included.
 *
 * <p>Safe for many threads. One model is loaded once and costs its weights in native memory, whatever the number of
 * threads that use it; calls share its workers in turn, a batch each. {@link #close()} frees it.
 */
public final class CrossEncoderScoringModel
        implements ScaledScoringModel, ProgressiveScoringModel, TextWindower, AutoCloseable {

    static final String CLOSED = "this CrossEncoderScoringModel is closed: build another";

    private final PairTokenizer tokenizer;
    private final InferenceBackend backend;
    private final PairScorer scorer;
    private final BatchPlanner planner;
    private final FairWorkers workers;
    private final ScoreScale scale;
    private final String description;
    private boolean closed;

    private CrossEncoderScoringModel(
            Builder builder, ModelFiles files, PairTokenizer tokenizer, InferenceBackend backend, Head head) {
        this.tokenizer = tokenizer;
        this.backend = backend;
        this.scorer = new PairScorer(files.toString(), tokenizer, backend, head);
        this.planner = new BatchPlanner(backend.limits(), tokenizer.maxLength());
        this.workers = new FairWorkers(builder.workers, builder.maxWaitingCalls);
        this.scale = head.activation() == Activation.SIGMOID ? ScoreScale.PROBABILITY : ScoreScale.LOGIT;
        this.description =
                "CrossEncoderScoringModel[%s, %s, %d workers]".formatted(files, builder.device, builder.workers);
    }

    /** One pair, so that a model which cannot score fails here and not in the first call, which is faster for it. */
    private void warmUp() {
        try {
            scorer.score(tokenizer.query("query"), List.of("passage"), new int[] {0}, (place, pair, score) -> {});
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /** Starts with the defaults; a model is what must be named. */
    public static Builder builder() {
        return new Builder();
    }

    /** {@link ScoreScale#PROBABILITY} with {@link Activation#SIGMOID}, else {@link ScoreScale#LOGIT}. */
    @Override
    public ScoreScale scoreScale() {
        return scale;
    }

    /**
     * Scores each segment against the query and waits for the last score.
     *
     * @param segments none null; may be empty, then nothing is run
     * @param query not blank
     * @return one finite score a segment, in the order given
     * @throws IllegalArgumentException if the query is blank, or the list or a segment is null
     * @throws IllegalStateException if the model is closed
     * @throws RejectedExecutionException if too many calls wait already ({@link Builder#maxWaitingCalls(int)})
     * @throws LocalModelException if a text gets no finite score
     * @throws CancellationException if the calling thread is interrupted, within one pair's time; its flag stays set
     */
    @Override
    public Response<List<Double>> scoreAll(List<TextSegment> segments, String query) {
        List<String> texts = texts(segments);
        CollectedScores scores = new CollectedScores(texts.size());
        TokenizedQuery tokens = checked(texts, query);
        await(start(texts, tokens, planner.longestFirst(texts, tokens.tokenIds().length), scores));
        return scores.response();
    }

    /**
     * Scores each document against the query without a thread of the caller's.
     *
     * @return one finite score a document, in the order given; fails with what {@link #scoreAll} throws; cancelling it
     *     stops the work within one batch's time
     */
    @Override
    public CompletableFuture<ScoringResponse> doScoreAsync(ScoringRequest request) {
        CollectedScores scores = new CollectedScores(request.documents().size());
        ScoringCall call;
        try {
            List<String> texts = List.copyOf(request.documents());
            TokenizedQuery tokens = checked(texts, request.query());
            call = start(texts, tokens, planner.longestFirst(texts, tokens.tokenIds().length), scores);
        } catch (IllegalArgumentException | IllegalStateException | RejectedExecutionException e) {
            return CompletableFuture.failedFuture(e);
        }
        CompletableFuture<ScoringResponse> response = call.thenApply(done -> scores.scoringResponse());
        var unused = response.whenComplete((answer, failure) -> call.cancel(false));
        return response;
    }

    /** {@inheritDoc} Fails with what {@link #scoreAll} throws. */
    @Override
    public CompletableFuture<Void> scoreEach(List<String> texts, String query, ScoreSink sink) {
        try {
            List<String> copy = List.copyOf(texts);
            TokenizedQuery tokens = checked(copy, query);
            return start(
                    copy,
                    tokens,
                    planner.inOrder(copy, tokens.tokenIds().length),
                    (place, pair, score) -> sink.accept(place, score));
        } catch (IllegalArgumentException | IllegalStateException | RejectedExecutionException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private ScoringCall start(List<String> texts, TokenizedQuery query, List<int[]> batches, PairScores scores) {
        return ScoringCall.start(workers, scorer, query, texts, batches, scores);
    }

    private static List<String> texts(@Nullable List<TextSegment> segments) {
        if (segments == null) {
            throw new IllegalArgumentException(
                    "segments is null: pass a list, an empty one if there is nothing to score");
        }
        List<String> texts = new ArrayList<>(segments.size());
        for (TextSegment segment : segments) {
            if (segment == null) {
                throw new IllegalArgumentException("segment " + texts.size() + " is null");
            }
            texts.add(segment.text());
        }
        return texts;
    }

    private TokenizedQuery checked(List<String> texts, @Nullable String query) {
        if (query == null || query.isBlank()) {
            throw new IllegalArgumentException("the query is blank: there is nothing that a text could be relevant to");
        }
        for (int place = 0; place < texts.size(); place++) {
            if (texts.get(place).isBlank()) {
                throw new IllegalArgumentException("text " + place + " is blank: leave blank texts out");
            }
        }
        return tokenizer.query(query);
    }

    private static void await(ScoringCall call) {
        try {
            call.get();
        } catch (InterruptedException e) {
            call.cancel(true);
            Thread.currentThread().interrupt();
            CancellationException cancelled = new CancellationException("interrupted while scoring");
            cancelled.initCause(e);
            throw cancelled;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw (RuntimeException) e.getCause(); // a batch throws nothing else
        }
    }

    /** {@inheritDoc} Cuts between words where a window holds more than one. */
    @Override
    public List<TextWindow> windows(String text, int maxTokens, int overlap) {
        return tokenizer.windows(text, maxTokens, overlap);
    }

    /**
     * Waits for the calls that run, then ends the workers and frees the native model. Later calls are refused; closing
     * again does nothing. Not to be called from a {@link ScoreSink}, which runs inside a call.
     */
    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            workers.close();
            backend.close();
            tokenizer.close();
        }
    }

    @Override
    public String toString() {
        return description;
    }

    /** Options of a {@link CrossEncoderScoringModel}. Not safe for many threads. */
    public static final class Builder {

        private static final int DEFAULT_MAX_LENGTH = 512;

        private @Nullable ModelFiles files;
        private @Nullable Engine engine; // the model's first
        private Device device = new Device(false, 0);
        private @Nullable Integer maxLength; // DEFAULT_MAX_LENGTH, or the model's limit
        private @Nullable Integer queryMaxLength; // half of maxLength
        private Activation activation = Activation.MODEL_DEFAULT;
        private int workers = Runtime.getRuntime().availableProcessors();
        private int maxWaitingCalls = 1_000;

        private Builder() {}

        /**
         * The directory of the model: {@code tokenizer.json} and {@code model.onnx} or {@code model.pt};
         * {@code config.json} is read if it is there.
         */
        public Builder modelPath(Path directory) {
            this.files = ModelFiles.in(directory);
            return this;
        }

        /**
         * A model on the class path: the same files as of {@link #modelPath(Path)}, as resources in the package of a
         * class. This is how a model comes as a dependency.
         */
        public Builder modelResources(Class<?> owner) {
            this.files = ModelFiles.beside(owner);
            return this;
        }

        /** What runs the model. Default: what the model has a file for, {@link Engine#ONNX_RUNTIME} first. */
        public Builder engine(Engine engine) {
            this.engine = engine;
            return this;
        }

        /** Where the model runs: {@code cpu} (default), {@code cuda} or {@code cuda:0}, {@code cuda:1}, ... */
        public Builder device(String device) {
            this.device = Device.of(device);
            return this;
        }

        /**
         * Tokens of query, passage and special tokens together, at most; the passage is cut. Default 512, or what the
         * model has positions for if that is less.
         */
        public Builder maxLength(int maxLength) {
            this.maxLength = atLeastOne("maxLength", maxLength);
            return this;
        }

        /** Tokens of the query, at most; what is over is cut. Default half of {@code maxLength}. */
        public Builder queryMaxLength(int queryMaxLength) {
            this.queryMaxLength = atLeastOne("queryMaxLength", queryMaxLength);
            return this;
        }

        /** From logit to score. Default {@link Activation#MODEL_DEFAULT}. */
        public Builder activation(Activation activation) {
            this.activation = activation;
            return this;
        }

        /** Threads that run the model, each on one core. Default: available processors. */
        public Builder workers(int workers) {
            this.workers = atLeastOne("workers", workers);
            return this;
        }

        /**
         * Calls that may wait for a worker at the same time; one more is refused with a
         * {@link RejectedExecutionException}. Default 1,000.
         */
        public Builder maxWaitingCalls(int maxWaitingCalls) {
            this.maxWaitingCalls = atLeastOne("maxWaitingCalls", maxWaitingCalls);
            return this;
        }

        private static int atLeastOne(String option, int value) {
            if (value < 1) {
                throw new IllegalArgumentException("%s must be at least 1, got %d".formatted(option, value));
            }
            return value;
        }

        /**
         * Loads the model and scores one pair to see that it works.
         *
         * @throws IllegalStateException if no model is named, options do not fit each other, or the engine is not on
         *     the class path
         * @throws IllegalArgumentException if the directory or one of its files is missing
         * @throws LocalModelException if a file is damaged or the model is not a cross-encoder
         */
        public CrossEncoderScoringModel build() {
            if (files == null) {
                throw new IllegalStateException("no model: set modelPath");
            }
            files.require(ModelFiles.TOKENIZER);
            return build(files, (engine == null ? Engine.of(files) : engine)::load);
        }

        /** With the engine given, which tests use. */
        CrossEncoderScoringModel build(ModelFiles model, BiFunction<ModelFiles, Device, InferenceBackend> loader) {
            ModelConfig config = ModelConfig.load(model);
            int tokens = maxLength(config);
            Head head = new Head(
                    activation == Activation.MODEL_DEFAULT ? config.defaultActivation() : activation,
                    config.relevantClass());
            PairTokenizer tokenizer = PairTokenizer.load(
                    model, tokens, queryMaxLength == null ? Math.max(1, tokens / 2) : queryMaxLength);
            try {
                InferenceBackend backend = loader.apply(model, device);
                CrossEncoderScoringModel loaded = new CrossEncoderScoringModel(this, model, tokenizer, backend, head);
                loaded.warmUp();
                return loaded;
            } catch (RuntimeException e) {
                tokenizer.close();
                throw e;
            }
        }

        private int maxLength(ModelConfig config) {
            int limit = Objects.requireNonNullElse(config.maxPositions(), Integer.MAX_VALUE);
            if (maxLength != null && maxLength > limit) {
                throw new IllegalStateException("maxLength must be at most %d, the positions of this model, got %d"
                        .formatted(limit, maxLength));
            }
            return maxLength == null ? Math.min(DEFAULT_MAX_LENGTH, limit) : maxLength;
        }
    }
}
