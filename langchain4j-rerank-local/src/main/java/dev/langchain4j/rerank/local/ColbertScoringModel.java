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
public final class ColbertScoringModel implements LocalScoringModel {

    private final ColbertTokenizer tokenizer;
    private final LocalScoringService desk;
    private final Engine engine;
    private final String description;

    private ColbertScoringModel(
            ColbertTokenizer tokenizer, LocalScoringService desk, Engine engine, String description) {
        this.tokenizer = tokenizer;
        this.desk = desk;
        this.engine = engine;
        this.description = description;
    }

    /** Starts with the defaults; a model is what must be named. */
    public static Builder builder() {
        return new Builder();
    }

    /** {@link ScoreScale#RELATIVE}. */
    @Override
    public ScoreScale scoreScale() {
        return ScoreScale.RELATIVE;
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
            this.queryLength = atLeastOne("queryLength", queryLength);
            return this;
        }

        /**
         * Tokens of a passage, its marker and special tokens included, at most; what is over is cut. Default what the
         * model's files say, else 180.
         */
        public Builder documentLength(int documentLength) {
            this.documentLength = atLeastOne("documentLength", documentLength);
            return this;
        }

        /**
         * Passages whose vectors are kept in memory, those used last. Each takes four bytes a number of its vectors: 90
         * kB for 180 tokens of 128 numbers. Default 0: none.
         */
        public Builder documentCache(int passages) {
            if (passages < 0) {
                throw new IllegalArgumentException("documentCache must be at least 0, got " + passages);
            }
            this.documentCache = passages;
            return this;
        }

        @Override
        ColbertScoringModel build(ModelFiles model, Supplier<InferenceBackend> engine) {
            Projection projection = Projection.load(model);
            ColbertTokenizer tokenizer = ColbertTokenizer.load(model, config(model));
            LocalScoringService desk =
                    desk(LateInteractionStrategy.load(model.toString(), tokenizer, projection, engine, documentCache));
            return new ColbertScoringModel(tokenizer, desk, engine(model), describe(ColbertScoringModel.class, model));
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
