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
import java.nio.file.Path;
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
 * {@code past_key_values.*}, which are given empty. One that is not told how many logits to keep makes those of all
 * tokens: four bytes times tokens times vocabulary (Qwen3: 300 MB for 512 tokens) in native memory and once more on the
 * heap, a worker.
 *
 * <p>A pair's score does not depend on the other texts of the call: bit for bit for models that quantise dynamically
 * (int8) or keep one logit, which run one pair at a time; within 1e-5 for others, whose short texts run in batches.
 *
 * <p>Where a prompt is longer than {@code maxLength} tokens, the end of the passage is not read; of a query longer than
 * {@code queryMaxLength}, neither. Both are told as {@link dev.langchain4j.rerank.ScoreDetail#truncated()} of the pair
 * ({@link dev.langchain4j.rerank.ScoreDetails}). The response's token usage counts whole prompts. Special tokens that a
 * passage or query spells out are read as such, as in the models' own code: a passage can talk to the model.
 *
 * <p>Safe for many threads. One model is loaded once and costs its weights in native memory, whatever the number of
 * threads that use it; calls share its workers in turn, a batch each. {@link #close()} frees it.
 */
public final class GenerativeScoringModel
        implements ScaledScoringModel, ProgressiveScoringModel, TextWindower, AutoCloseable {

    private final PromptTokenizer tokenizer;
    private final ScoringDesk desk;
    private final ScoreScale scale;
    private final String description;

    private GenerativeScoringModel(
            PromptTokenizer tokenizer, ScoringDesk desk, Activation activation, String description) {
        this.tokenizer = tokenizer;
        this.desk = desk;
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
     * the logit of Yes. There {@code max_length} leaves the prompt's own tokens out, here {@code maxLength} counts them.
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

    /**
     * Waits for the calls that run, then ends the workers and frees the native model. Later calls are refused; closing
     * again does nothing. Not to be called from a {@link ScoreSink}, which runs inside a call.
     */
    @Override
    public void close() {
        desk.close();
    }

    @Override
    public String toString() {
        return description;
    }

    /** Options of a {@link GenerativeScoringModel}. Not safe for many threads. */
    public static final class Builder {

        private final ModelOptions options = new ModelOptions();
        private final RelevancePrompt prompt;
        private @Nullable String instruction;
        private @Nullable Integer maxLength; // as ModelConfig has it
        private @Nullable Integer queryMaxLength; // half of maxLength
        private Activation activation = Activation.MODEL_DEFAULT;

        private Builder(RelevancePrompt prompt) {
            this.prompt = prompt;
        }

        /** What the model is told to do, where the prompt has {@code {instruction}}. Default that of the prompt. */
        public Builder instruction(String instruction) {
            this.instruction = instruction;
            return this;
        }

        /**
         * The directory of the model: {@code tokenizer.json} and {@code model.onnx} or {@code model.pt};
         * {@code config.json} is read if it is there.
         */
        public Builder modelPath(Path directory) {
            options.files(ModelFiles.in(directory));
            return this;
        }

        /**
         * A model on the class path: the same files as of {@link #modelPath(Path)}, as resources in the package of a
         * class. This is how a model comes as a dependency.
         */
        public Builder modelResources(Class<?> owner) {
            options.files(ModelFiles.beside(owner));
            return this;
        }

        /**
         * A model of the Hugging Face hub, such as {@code onnx-community/Qwen3-Reranker-0.6B-ONNX}: it is downloaded where
         * it is not in the cache, which is that of Python's {@code huggingface_hub}. Instead of {@link #modelPath}.
         */
        public Builder modelName(String modelName) {
            options.hub().modelName(modelName);
            return this;
        }

        /**
         * Branch, tag or commit of a model by name. Default {@code main}. Naming a commit makes sure that the model
         * stays what it is, and asks the hub nothing once it is in the cache.
         */
        public Builder revision(String revision) {
            options.hub().revision(revision);
            return this;
        }

        /** Which of the ONNX files of a model by name. Default {@link OnnxVariant#FP32}. */
        public Builder onnxVariant(OnnxVariant variant) {
            options.hub().variant(variant);
            return this;
        }

        /**
         * Where models by name are kept. Default: the environment's {@code HF_HUB_CACHE}, else {@code hub} in
         * {@code HF_HOME}, else {@code ~/.cache/huggingface/hub}.
         */
        public Builder cacheDirectory(Path cacheDirectory) {
            options.hub().cacheDirectory(cacheDirectory);
            return this;
        }

        /**
         * Takes a model by name from the cache or not at all. Default: what the environment's {@code HF_HUB_OFFLINE}
         * says, else false; false does not overrule the environment.
         */
        public Builder offline(boolean offline) {
            options.hub().offline(offline);
            return this;
        }

        /** Access token for a private or gated model. Default: the environment's {@code HF_TOKEN}, else none. */
        public Builder hubToken(String token) {
            options.hub().token(token);
            return this;
        }

        /** Hears how the download of a model by name comes along. Default: logs it, at info. */
        public Builder downloadListener(HubDownloadListener listener) {
            options.hub().listener(listener);
            return this;
        }

        /** What runs the model. Default: what the model has a file for, {@link Engine#ONNX_RUNTIME} first. */
        public Builder engine(Engine engine) {
            options.engine(engine);
            return this;
        }

        /**
         * Where the model runs: {@code cpu} (default), {@code cuda} or {@code cuda:0}, {@code cuda:1}, ... The weights
         * are loaded once on each device that is named; a batch runs on the one that has the fewest.
         */
        public Builder device(String device, String... more) {
            options.devices(device, more);
            return this;
        }

        /**
         * Tokens of a whole prompt, at most; the passage is cut. Default 512, or what the model has positions for if that
         * is less.
         */
        public Builder maxLength(int maxLength) {
            this.maxLength = ModelOptions.atLeastOne("maxLength", maxLength);
            return this;
        }

        /** Tokens of the query, at most; what is over is cut. Default half of {@code maxLength}. */
        public Builder queryMaxLength(int queryMaxLength) {
            this.queryMaxLength = ModelOptions.atLeastOne("queryMaxLength", queryMaxLength);
            return this;
        }

        /** From logit to score. Default {@link Activation#MODEL_DEFAULT}: what fits the prompt. */
        public Builder activation(Activation activation) {
            this.activation = activation;
            return this;
        }

        /** Threads that run the model, each on one core. Default: available processors; on CUDA 2 a device. */
        public Builder workers(int workers) {
            options.workers(workers);
            return this;
        }

        /**
         * Calls that may wait for a worker at the same time; one more is refused with a
         * {@link RejectedExecutionException}. Default 1,000.
         */
        public Builder maxWaitingCalls(int maxWaitingCalls) {
            options.maxWaitingCalls(maxWaitingCalls);
            return this;
        }

        /**
         * Loads the model and scores one pair to see that it works.
         *
         * @throws IllegalStateException if no model is named, options do not fit each other, or the engine is not on
         *     the class path
         * @throws IllegalArgumentException if the directory or one of its files is missing
         * @throws LocalModelException if a file is damaged or the model is not a causal language model
         * @throws dev.langchain4j.exception.ModelNotFoundException if a model by name, or a file of it, is not on the
         *     hub or, offline, not in the cache
         * @throws dev.langchain4j.exception.AuthenticationException if a model by name is private or gated
         * @throws dev.langchain4j.exception.NonRetriableException if the hub sends what cannot be trusted
         * @throws dev.langchain4j.exception.RetriableException if the hub cannot be reached, after five attempts and
         *     with nothing in the cache
         * @throws java.io.UncheckedIOException if the cache cannot be read or written
         * @throws CancellationException if the thread is interrupted while it downloads; its flag stays set
         */
        public GenerativeScoringModel build() {
            ModelFiles model = options.resolve();
            return build(model, () -> options.load(model, ModelOutput.NEXT_TOKEN));
        }

        /** With an engine of the caller's, which tests use. */
        GenerativeScoringModel build(ModelFiles model, Supplier<InferenceBackend> engine) {
            PromptTokenizer tokenizer = tokenizer(ModelConfig.load(model).maxLength(maxLength), model);
            Head head = new Head(activation(), 1);
            ScoringDesk desk = options.desk(PairScorer.load(
                    model.toString(), tokenizer, () -> new AnswerBackend(answers(tokenizer), engine.get()), head));
            desk.warmUp();
            String description = options.describe(GenerativeScoringModel.class, model);
            return new GenerativeScoringModel(tokenizer, desk, head.activation(), description);
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
