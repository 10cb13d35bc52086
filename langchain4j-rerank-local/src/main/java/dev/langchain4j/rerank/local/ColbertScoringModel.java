package dev.langchain4j.rerank.local;

import dev.langchain4j.rerank.ScoreScale;
import dev.langchain4j.rerank.internal.Arguments;
import dev.langchain4j.rerank.local.internal.hub.ModelFiles;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A late-interaction model (ColBERT) in this JVM: reads query and passage apart, a vector a token, and sums up how like
 * each token of the query is to the one of the passage that is most like it (MaxSim).
 *
 * <pre>{@code
 * try (ColbertScoringModel model = ColbertScoringModel.builder()
 *         .modelPath(Path.of("GTE-ModernColBERT-v1"))
 *         .documentCache(10_000)
 *         .build()) {
 *     double score = model.score(passage, query).content();
 * }
 * }</pre>
 *
 * <p>It scores as PyLate does, which reads the same files: texts with their markers, queries filled up with mask tokens,
 * vectors through the model's dense layers and of length 1, punctuation of passages left out. A score lies between minus
 * and plus the tokens of the query (32 as a rule) and says nothing by itself: {@link ScoreScale#RELATIVE}.
 *
 * <p>A passage is read alone, so its score is bit for bit the same whatever else the call has. What was read of it does
 * not depend on the query and can be kept: {@link Builder#documentCache(int)}. A call costs one run for the query and one
 * for each passage that is not kept.
 *
 * <p>A text over its length is cut, which is told as {@link dev.langchain4j.rerank.ScoreDetail#truncated()}
 * ({@link dev.langchain4j.rerank.ScoreDetails}). The response's token usage counts the tokens of the passages, special
 * tokens included. Half a character (a lone surrogate) is read as the replacement character; PyLate refuses such texts.
 *
 * <p>Safe for many threads. One model is loaded once and costs its weights in native memory, whatever the number of
 * threads that use it; calls share its workers in turn, a passage each. {@link #close()} frees it.
 */
public final class ColbertScoringModel extends LocalScoringModel {

    private ColbertScoringModel(Parts parts) {
        super(parts);
    }

    /** Starts with the defaults; a model is what must be named. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Options of a {@link ColbertScoringModel}. Besides the files of every model, {@code tokenizer_config.json},
     * {@code config_sentence_transformers.json} or {@code artifact.metadata}, and the layers in {@code 1_Dense} and so on
     * are read if they are there. Not safe for many threads.
     */
    public static final class Builder extends LocalModelBuilder<ColbertScoringModel, Builder> {

        /** Names of files that such a model may have besides those that all have. */
        static final List<String> FILES = Stream.concat(
                        Stream.of(ColbertConfig.PYLATE, ColbertConfig.STANFORD), Projection.files())
                .toList();

        private @Nullable Integer queryLength; // the model's
        private @Nullable Integer documentLength; // the model's
        private int documentCache; // none

        private Builder() {
            super(ModelOutput.TOKEN_VECTORS);
            hub().alsoTaking(FILES);
        }

        /**
         * Tokens that a query is made to have, its marker and special tokens included: a longer one is cut, a shorter
         * one filled up where the model does so. Default what the model's files say, else 32.
         */
        public Builder queryLength(int queryLength) {
            this.queryLength = Arguments.atLeast("queryLength", 1, queryLength);
            return this;
        }

        /**
         * Tokens of a passage, its marker and special tokens included, at most; what is over is cut. Default what the
         * model's files say, else 180.
         */
        public Builder documentLength(int documentLength) {
            this.documentLength = Arguments.atLeast("documentLength", 1, documentLength);
            return this;
        }

        /**
         * Passages whose vectors are kept in memory, those used last. Each takes four bytes a number of its vectors: 90
         * kB for 180 tokens of 128 numbers. Default 0: none.
         */
        public Builder documentCache(int passages) {
            this.documentCache = Arguments.atLeast("documentCache", 0, passages);
            return this;
        }

        @Override
        ColbertScoringModel create(ModelFiles model, Supplier<InferenceBackend> engine) {
            Projection projection = Projection.load(model);
            ColbertTokenizer tokenizer = ColbertTokenizer.load(model, config(model));
            LocalScoringService service = service(
                    LateInteractionStrategy.load(model.toString(), tokenizer, projection, engine, documentCache));
            return new ColbertScoringModel(new Parts(
                    service,
                    tokenizer::windows,
                    engine(model),
                    ScoreScale.RELATIVE,
                    false,
                    describe(ColbertScoringModel.class, model)));
        }

        @Override
        Builder self() {
            return this;
        }

        private ColbertConfig config(ModelFiles model) {
            ColbertConfig config = ColbertConfig.load(model);
            if (queryLength != null) {
                config = config.withQueryLength(queryLength);
            }
            return documentLength == null ? config : config.withDocumentLength(documentLength);
        }
    }
}
