package dev.langchain4j.rerank.local;

import dev.langchain4j.rerank.ScoreScale;
import dev.langchain4j.rerank.internal.Arguments;
import dev.langchain4j.rerank.local.internal.hub.ModelFiles;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A late-interaction model (ColBERT) in this JVM: reads query and passage separately, one vector per token, and sums,
 * over the tokens of the query, the greatest similarity to a token of the passage (MaxSim).
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
 * <p>It scores as PyLate does, which reads the same files: texts with their markers, queries filled with mask tokens,
 * vectors through the model's dense layers and normalised to length 1, punctuation of passages left out. A score lies
 * between minus and plus the number of tokens of the query (usually 32) and has no meaning by itself: {@link
 * ScoreScale#RELATIVE}.
 *
 * <p>A passage is read alone, so its score is bit for bit the same whatever else is in the call. Its vectors do not
 * depend on the query and can be kept: {@link Builder#documentCache(int)}. A call costs one run for the query and one
 * for each passage whose vectors are not kept.
 *
 * <p>A text over its length is cut, which is reported as {@link dev.langchain4j.rerank.ScoreDetail#truncated()} ({@link
 * dev.langchain4j.rerank.ScoreDetails}). The response's token usage counts the tokens of the passages, special tokens
 * included. Unpaired surrogates are replaced by U+FFFD; PyLate refuses such texts.
 */
public final class ColbertScoringModel extends LocalScoringModel {

    private ColbertScoringModel(Parts parts) {
        super(parts);
    }

    /** Returns a builder with the defaults; only the model has to be set. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Options of a {@link ColbertScoringModel}. Besides the files of every model, {@code tokenizer_config.json}, {@code
     * config_sentence_transformers.json} or {@code artifact.metadata}, and the layers in {@code 1_Dense} and so on are
     * read if they are there. Not thread-safe.
     */
    public static final class Builder extends LocalModelBuilder<ColbertScoringModel, Builder> {

        /** Names of files that such a model may have besides the files of every model. */
        static final List<String> FILES = Stream.concat(
                        Stream.of(ColbertConfig.PYLATE, ColbertConfig.STANFORD), Projection.files())
                .toList();

        private @Nullable Integer queryLength; // default of the model
        private @Nullable Integer documentLength; // default of the model
        private int documentCache; // off

        private Builder() {
            super(ModelOutput.TOKEN_VECTORS);
            hub().alsoTaking(FILES);
        }

        /**
         * Number of tokens of a query, its marker and special tokens included: a longer query is cut, a shorter one
         * filled if the model does so. Default the value in the model's files, otherwise 32.
         *
         * @param queryLength at least 1
         */
        public Builder queryLength(int queryLength) {
            this.queryLength = Arguments.atLeast("queryLength", 1, queryLength);
            return this;
        }

        /**
         * Maximum number of tokens of a passage, its marker and special tokens included; the rest is cut. Default the
         * value in the model's files, otherwise 180.
         *
         * @param documentLength at least 1
         */
        public Builder documentLength(int documentLength) {
            this.documentLength = Arguments.atLeast("documentLength", 1, documentLength);
            return this;
        }

        /**
         * Number of passages whose vectors are kept in memory, the most recently used ones. Each takes four bytes per
         * number of its vectors: 90 kB for 180 tokens of 128 numbers. Default 0: none.
         *
         * @param passages at least 0
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
