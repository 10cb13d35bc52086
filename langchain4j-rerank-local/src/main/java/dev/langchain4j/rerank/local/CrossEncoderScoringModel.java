package dev.langchain4j.rerank.local;

import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.output.Response;
import dev.langchain4j.model.scoring.request.ScoringRequest;
import dev.langchain4j.model.scoring.response.ScoringResponse;
import dev.langchain4j.rerank.ScoreScale;
import dev.langchain4j.rerank.ScoreSink;
import dev.langchain4j.rerank.TextWindow;
import dev.langchain4j.rerank.local.internal.hub.ModelFiles;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
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
 * (int8), which run one pair at a time; within 1e-5 for float models, whose short texts run in batches (bfloat16 on
 * PyTorch, which rounds otherwise for another shape: 0.03 was seen). The engine's version and the CPU may move it.
 *
 * <p>Where a pair is longer than {@code maxLength} tokens, the end of the passage is not read; of a query longer than
 * {@code queryMaxLength}, neither. Both are told as {@link dev.langchain4j.rerank.ScoreDetail#truncated()} of the pair
 * ({@link dev.langchain4j.rerank.ScoreDetails}). The response's token usage counts what was read, special tokens
 * included. Half a character (a lone surrogate) is read as the replacement character; Python's originals refuse such
 * texts.
 *
 * <p>Safe for many threads. One model is loaded once and costs its weights in native memory, whatever the number of
 * threads that use it; calls share its workers in turn, a batch each. {@link #close()} frees it.
 */
public final class CrossEncoderScoringModel implements LocalScoringModel {

    private static final int BGE_MAX_LENGTH = 512;

    private final PairTokenizer tokenizer;
    private final LocalScoringService desk;
    private final Engine engine;
    private final ScoreScale scale;
    private final boolean listwise;
    private final String description;

    private CrossEncoderScoringModel(
            PairTokenizer tokenizer,
            LocalScoringService desk,
            Engine engine,
            Activation activation,
            boolean listwise,
            String description) {
        this.tokenizer = tokenizer;
        this.desk = desk;
        this.engine = engine;
        this.scale = activation.scale();
        this.listwise = listwise;
        this.description = description;
    }

    /** Starts with the defaults; a model is what must be named. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Starts with the settings of PyMilvus's {@code BGERerankFunction}: the model {@code BAAI/bge-reranker-v2-m3} unless
     * another is named, {@link Activation#SIGMOID}, {@code maxLength} 512, {@code queryMaxLength} 256. Every option can
     * still be changed. The model's authors publish PyTorch weights; where the hub has no ONNX or TorchScript file under
     * that name, name a model that has one, or give a directory.
     */
    public static Builder bge() {
        Builder builder = new Builder()
                .activation(Activation.SIGMOID)
                .maxLength(BGE_MAX_LENGTH)
                .queryMaxLength(BGE_MAX_LENGTH / 2);
        builder.hub().defaultModelName("BAAI/bge-reranker-v2-m3");
        return builder;
    }

    /** {@link ScoreScale#PROBABILITY} with {@link Activation#SIGMOID}, else {@link ScoreScale#LOGIT}. */
    @Override
    public ScoreScale scoreScale() {
        return scale;
    }

    /** Whether which texts are scored depends on all of a call: with {@link Builder#earlyExit(int)}, else not. */
    @Override
    public boolean listwise() {
        return listwise;
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
        return desk.scoreAll(segments, query);
    }

    /**
     * Scores each document against the query without a thread of the caller's.
     *
     * @return one finite score a document, in the order given; fails with what {@link #scoreAll} throws; cancelling it
     *     stops the work within one batch's time
     */
    @Override
    public CompletableFuture<ScoringResponse> doScoreAsync(ScoringRequest request) {
        return desk.scoreAsync(request);
    }

    /** {@inheritDoc} Fails with what {@link #scoreAll} throws. */
    @Override
    public CompletableFuture<Void> scoreEach(List<String> texts, String query, ScoreSink sink) {
        return desk.scoreEach(texts, query, sink);
    }

    /** {@inheritDoc} Cuts between words where a window holds more than one. */
    @Override
    public List<TextWindow> windows(String text, int maxTokens, int overlap) {
        return tokenizer.windows(text, maxTokens, overlap);
    }

    @Override
    public Engine engine() {
        return engine;
    }

    @Override
    public int workers() {
        return desk.workers();
    }

    @Override
    public int waitingCalls() {
        return desk.waitingCalls();
    }

    @Override
    public void close() {
        desk.close();
    }

    @Override
    public String toString() {
        return description;
    }

    /** Options of a {@link CrossEncoderScoringModel}. Not safe for many threads. */
    public static final class Builder extends LocalModelBuilder<CrossEncoderScoringModel, Builder> {

        private @Nullable Integer maxLength; // as ModelConfig has it
        private @Nullable Integer queryMaxLength; // half of maxLength
        private Activation activation = Activation.MODEL_DEFAULT;
        private int earlyExit = Integer.MAX_VALUE; // off

        private Builder() {
            super(ModelOutput.LOGITS);
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

        /**
         * Reads only the best {@code keep} texts of a call: those whose tokens, by the model's own vectors for them, are
         * most like the query's. The others exit before the first layer and keep their order behind all that were read:
         * {@link dev.langchain4j.rerank.ScoreDetail#scored()} is false for them, and the score is one below the lowest
         * that was computed. With {@code keep} texts or fewer nothing exits. Default off.
         *
         * <p>Time goes with {@code keep} instead of the texts; comparing costs about as much as making tokens. It costs
         * quality: words decide which texts the model sees, as in a first stage by BM25. Behind such a stage, hand over
         * fewer candidates instead; the option is for those of a search that ranks otherwise, or not at all
         * (docs/explanation/performance.md has it measured). Needs a {@code model.onnx} that holds the vectors itself, on every
         * engine; one that comes in a jar costs its size in memory once more.
         *
         * @param keep at least 1
         */
        public Builder earlyExit(int keep) {
            this.earlyExit = atLeastOne("earlyExit", keep);
            return this;
        }

        @Override
        CrossEncoderScoringModel build(ModelFiles model, Supplier<InferenceBackend> engine) {
            ModelConfig config = ModelConfig.load(model);
            int tokens = config.maxLength(maxLength);
            Head head = new Head(
                    activation == Activation.MODEL_DEFAULT ? config.defaultActivation() : activation,
                    config.relevantClass());
            TokenEmbeddings embeddings = earlyExit == Integer.MAX_VALUE ? null : TokenEmbeddings.load(model);
            PairTokenizer tokenizer = PairTokenizer.load(
                    model, tokens, queryMaxLength == null ? Math.max(1, tokens / 2) : queryMaxLength);
            PairScoringStrategy network = PairScoringStrategy.load(model.toString(), tokenizer, engine, head);
            boolean probabilities = head.activation() == Activation.SIGMOID;
            LocalScoringService desk = desk(
                    embeddings == null
                            ? network
                            : new EarlyExitStrategy(network, tokenizer, embeddings, probabilities, earlyExit));
            String description = describe(CrossEncoderScoringModel.class, model);
            return new CrossEncoderScoringModel(
                    tokenizer, desk, engine(model), head.activation(), embeddings != null, description);
        }

        @Override
        Builder self() {
            return this;
        }
    }
}
