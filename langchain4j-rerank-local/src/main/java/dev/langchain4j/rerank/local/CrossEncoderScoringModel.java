package dev.langchain4j.rerank.local;

import dev.langchain4j.rerank.internal.Arguments;
import dev.langchain4j.rerank.local.internal.hub.ModelFiles;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A cross-encoder in this JVM: reads query and passage together and returns how relevant the passage is.
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
 * PyTorch rounds differently for different batch shapes; up to 0.03 was measured). Another version of the engine or
 * another CPU may change it.
 *
 * <p>If a pair is longer than {@code maxLength} tokens, the end of the passage is not read; if a query is longer than
 * {@code queryMaxLength}, the end of the query is not. Both are reported as {@link
 * dev.langchain4j.rerank.ScoreDetail#truncated()} of the pair ({@link dev.langchain4j.rerank.ScoreDetails}). The
 * response's token usage counts the tokens that were read, special tokens included. Unpaired surrogates are replaced by
 * U+FFFD; Python's originals refuse such texts.
 *
 * <p>With {@link Builder#earlyExit(int)}, the model is {@linkplain #listwise() listwise}. The scale is {@link
 * dev.langchain4j.rerank.ScoreScale#PROBABILITY} with {@link Activation#SIGMOID}, otherwise {@link
 * dev.langchain4j.rerank.ScoreScale#LOGIT}.
 */
public final class CrossEncoderScoringModel extends LocalScoringModel {

    private static final int BGE_MAX_LENGTH = 512;

    private CrossEncoderScoringModel(Parts parts) {
        super(parts);
    }

    /** Returns a builder with the defaults; only the model has to be set. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Returns a builder with the settings of PyMilvus's {@code BGERerankFunction}: the model {@code
     * BAAI/bge-reranker-v2-m3} unless another is set, {@link Activation#SIGMOID}, {@code maxLength} 512, {@code
     * queryMaxLength} 256. Every option can still be changed. The model's authors publish PyTorch weights; if the hub
     * has no ONNX or TorchScript file under that name, set the name of a model that has one, or a directory.
     */
    public static Builder bge() {
        Builder builder = new Builder()
                .activation(Activation.SIGMOID)
                .maxLength(BGE_MAX_LENGTH)
                .queryMaxLength(BGE_MAX_LENGTH / 2);
        builder.hub().defaultModelName("BAAI/bge-reranker-v2-m3");
        return builder;
    }

    /** Options of a {@link CrossEncoderScoringModel}. Not thread-safe. */
    public static final class Builder extends LocalModelBuilder<CrossEncoderScoringModel, Builder> {

        private @Nullable Integer maxLength; // default of ModelConfig
        private @Nullable Integer queryMaxLength; // half of maxLength
        private Activation activation = Activation.MODEL_DEFAULT;
        private int earlyExit = Integer.MAX_VALUE; // off

        private Builder() {
            super(ModelOutput.LOGITS);
        }

        /**
         * Maximum number of tokens of query, passage and special tokens together; the passage is cut. Default 512, or
         * the number of positions of the model if that is less.
         *
         * @param maxLength at least 1
         */
        public Builder maxLength(int maxLength) {
            this.maxLength = Arguments.atLeast("maxLength", 1, maxLength);
            return this;
        }

        /**
         * Maximum number of tokens of the query; the rest is cut. Default half of {@code maxLength}.
         *
         * @param queryMaxLength at least 1
         */
        public Builder queryMaxLength(int queryMaxLength) {
            this.queryMaxLength = Arguments.atLeast("queryMaxLength", 1, queryMaxLength);
            return this;
        }

        /** Conversion of logits to scores. Default {@link Activation#MODEL_DEFAULT}. */
        public Builder activation(Activation activation) {
            this.activation = Arguments.required("activation", activation, "leave it out for MODEL_DEFAULT");
            return this;
        }

        /**
         * Reads only the best {@code keep} texts of a call: the texts whose tokens, by the model's own vectors for
         * them, are most similar to the query's. The others exit before the first layer and keep their order behind all
         * texts that were read: {@link dev.langchain4j.rerank.ScoreDetail#scored()} is false for them, and their score
         * is one below the lowest computed score. With {@code keep} texts or fewer, none exits. Default off.
         *
         * <p>The duration grows with {@code keep} instead of the number of texts; comparing costs about as much as
         * tokenizing. It costs quality: words decide which texts the model reads, as in a first stage by BM25. After
         * such a stage, pass fewer candidates instead; the option is for candidates of a search that ranks differently,
         * or not at all (measured in docs/explanation/performance.md). Needs a {@code model.onnx} that contains the
         * vectors itself, on every engine; for a model in a jar it costs the size of that file in memory once more.
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
            PairScoringStrategy network = PairScoringStrategy.load(
                    model.toString(),
                    tokenizer,
                    () -> BatchCheck.checked(model.toString(), tokenizer, engine.get()),
                    head);
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
