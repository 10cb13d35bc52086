package dev.langchain4j.rerank.local;

import dev.langchain4j.rerank.internal.Arguments;
import dev.langchain4j.rerank.local.internal.hub.ModelFiles;
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
public final class CrossEncoderScoringModel extends LocalScoringModel {

    private static final int BGE_MAX_LENGTH = 512;

    private CrossEncoderScoringModel(Parts parts) {
        super(parts);
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
            this.maxLength = Arguments.atLeast("maxLength", 1, maxLength);
            return this;
        }

        /** Tokens of the query, at most; what is over is cut. Default half of {@code maxLength}. */
        public Builder queryMaxLength(int queryMaxLength) {
            this.queryMaxLength = Arguments.atLeast("queryMaxLength", 1, queryMaxLength);
            return this;
        }

        /** From logit to score. Default {@link Activation#MODEL_DEFAULT}. */
        public Builder activation(Activation activation) {
            this.activation = Arguments.required("activation", activation, "leave it out for MODEL_DEFAULT");
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
            this.earlyExit = Arguments.atLeast("earlyExit", 1, keep);
            return this;
        }

        @Override
        CrossEncoderScoringModel create(ModelFiles model, Supplier<InferenceBackend> engine) {
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
            LocalScoringService service = service(
                    embeddings == null
                            ? network
                            : new EarlyExitStrategy(network, tokenizer, embeddings, probabilities, earlyExit));
            return new CrossEncoderScoringModel(new Parts(
                    service,
                    tokenizer::windows,
                    engine(model),
                    head.activation().scale(),
                    embeddings != null,
                    describe(CrossEncoderScoringModel.class, model)));
        }

        @Override
        Builder self() {
            return this;
        }
    }
}
