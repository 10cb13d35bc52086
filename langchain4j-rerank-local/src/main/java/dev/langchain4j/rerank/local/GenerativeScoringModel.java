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
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A causal language model in this JVM that is asked whether a passage is relevant, as Qwen3-Reranker and BGE's gemma
 * reranker are: what it would answer next, yes or no, is the score.
 *
 * <pre>{@code
 * try (GenerativeScoringModel model = GenerativeScoringModel.qwen3()
 *         .modelPath(Path.of("Qwen3-Reranker-0.6B-ONNX"))
 *         .instruction("Given a question about the law, find the paragraphs that answer it")
 *         .build()) {
 *     double score = model.score(passage, query).content();
 * }
 * }</pre>
 *
 * <p>Nothing is generated: a pair is one run, and the logits behind its last token are read. A graph may take
 * {@code input_ids}, {@code attention_mask}, {@code position_ids}, {@code num_logits_to_keep} and
 * {@code past_key_values.*}, which are given empty; a TorchScript trace takes the first two or three of these. One that
 * is not told how many logits to keep makes those of all tokens: four bytes times tokens times vocabulary (Qwen3: 300 MB
 * for 512 tokens) in native memory and once more on the heap, a worker.
 *
 * <p>A pair's score does not depend on the other texts of the call: bit for bit for models that quantise dynamically
 * (int8) or keep one logit, which run one pair at a time; within 1e-5 for others, whose short texts run in batches.
 *
 * <p>Where a prompt is longer than {@code maxLength} tokens, the end of the passage is not read; of a query longer than
 * {@code queryMaxLength}, neither. Both are told as {@link dev.langchain4j.rerank.ScoreDetail#truncated()} of the pair
 * ({@link dev.langchain4j.rerank.ScoreDetails}). The response's token usage counts whole prompts. Special tokens that a
 * passage or query spells out are read as such, as in the models' own code: a passage can talk to the model. Half a
 * character (a lone surrogate) is read as the replacement character; Python's originals refuse such texts.
 *
 * <p>Safe for many threads. One model is loaded once and costs its weights in native memory, whatever the number of
 * threads that use it; calls share its workers in turn, a batch each. {@link #close()} frees it.
 */
public final class GenerativeScoringModel implements LocalScoringModel {

    private final PromptTokenizer tokenizer;
    private final LocalScoringService desk;
    private final Engine engine;
    private final ScoreScale scale;
    private final String description;

    private GenerativeScoringModel(
            PromptTokenizer tokenizer,
            LocalScoringService desk,
            Engine engine,
            Activation activation,
            String description) {
        this.tokenizer = tokenizer;
        this.desk = desk;
        this.engine = engine;
        this.scale = activation.scale();
        this.description = description;
    }

    /**
     * Starts with a prompt of your own; a model is what must be named. {@link Activation#MODEL_DEFAULT} is
     * {@link Activation#SIGMOID} for a prompt with yes and no, which makes it the probability of yes among the two, and
     * {@link Activation#NONE} for one with yes alone.
     */
    public static Builder builder(RelevancePrompt prompt) {
        return new Builder(prompt);
    }

    /**
     * Starts with the prompt of Qwen3-Reranker and its instruction, "Given a web search query, retrieve relevant passages
     * that answer the query"; scores are the probability of yes. The model takes 8,192 tokens and more: set
     * {@code maxLength} where 512 are few.
     */
    public static Builder qwen3() {
        return new Builder(RelevancePrompt.QWEN3)
                .instruction("Given a web search query, retrieve relevant passages that answer the query");
    }

    /**
     * Starts with the prompt of {@code BAAI/bge-reranker-v2-gemma}, as FlagEmbedding's FlagLLMReranker asks; scores are
     * the logit of Yes. There {@code max_length} is the passage's, and the prompt comes on top; here {@code maxLength}
     * counts all.
     */
    public static Builder bgeGemma() {
        return new Builder(RelevancePrompt.BGE_GEMMA)
                .instruction("Given a query A and a passage B, determine whether the passage contains an answer to the"
                        + " query by providing a prediction of either 'Yes' or 'No'.");
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

    /** Options of a {@link GenerativeScoringModel}. Not safe for many threads. */
    public static final class Builder extends LocalModelBuilder<GenerativeScoringModel, Builder> {

        private final RelevancePrompt prompt;
        private @Nullable String instruction;
        private @Nullable Integer maxLength; // as ModelConfig has it
        private @Nullable Integer queryMaxLength; // half of maxLength
        private Activation activation = Activation.MODEL_DEFAULT;

        private Builder(RelevancePrompt prompt) {
            super(ModelOutput.NEXT_TOKEN);
            this.prompt = prompt;
        }

        /** What the model is told to do, where the prompt has {@code {instruction}}. Default that of the prompt. */
        public Builder instruction(String instruction) {
            this.instruction = instruction;
            return this;
        }

        /**
         * Tokens of a whole prompt, at most; the passage is cut. Default 512, or what the model has positions for if that
         * is less.
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

        /** From logit to score. Default {@link Activation#MODEL_DEFAULT}: what fits the prompt. */
        public Builder activation(Activation activation) {
            this.activation = activation;
            return this;
        }

        @Override
        GenerativeScoringModel build(ModelFiles model, Supplier<InferenceBackend> engine) {
            PromptTokenizer tokenizer = tokenizer(ModelConfig.load(model).maxLength(maxLength), model);
            Head head = new Head(activation(), 1);
            LocalScoringService desk = desk(PairScoringStrategy.load(
                    model.toString(), tokenizer, () -> new AnswerTokenBackend(answers(tokenizer), engine.get()), head));
            String description = describe(GenerativeScoringModel.class, model);
            return new GenerativeScoringModel(tokenizer, desk, engine(model), head.activation(), description);
        }

        @Override
        Builder self() {
            return this;
        }

        private PromptTokenizer tokenizer(int tokens, ModelFiles model) {
            if (prompt.takesInstruction() != (instruction != null)) {
                throw new IllegalStateException("instruction must be set for a prompt that has %s, and only then"
                        .formatted(RelevancePrompt.INSTRUCTION));
            }
            int queryTokens = queryMaxLength == null ? Math.max(1, tokens / 2) : queryMaxLength;
            return PromptTokenizer.load(
                    model, prompt, Objects.requireNonNullElse(instruction, ""), tokens, queryTokens);
        }

        /** No before yes, so that yes is class 1. */
        private int[] answers(PromptTokenizer tokenizer) {
            return prompt.no() == null
                    ? new int[] {tokenizer.answer(prompt.yes())}
                    : new int[] {tokenizer.answer(prompt.no()), tokenizer.answer(prompt.yes())};
        }

        private Activation activation() {
            if (activation != Activation.MODEL_DEFAULT) {
                return activation;
            }
            return prompt.no() == null ? Activation.NONE : Activation.SIGMOID;
        }
    }
}
