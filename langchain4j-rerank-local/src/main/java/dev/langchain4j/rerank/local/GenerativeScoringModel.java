package dev.langchain4j.rerank.local;

import dev.langchain4j.rerank.InvalidOptionException;
import dev.langchain4j.rerank.internal.Arguments;
import dev.langchain4j.rerank.local.internal.hub.ModelFiles;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A causal language model in this JVM that is asked whether a passage is relevant, like Qwen3-Reranker and BGE's gemma
 * reranker: the score comes from the logits of the answers yes and no as the next token.
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
 * <p>No text is generated: a pair is one run, and the logits after its last token are read. A graph may take {@code
 * input_ids}, {@code attention_mask}, {@code position_ids}, {@code num_logits_to_keep} and {@code past_key_values.*},
 * which are passed empty; a TorchScript trace takes the first two or three of these. A graph without {@code
 * num_logits_to_keep} computes the logits of all tokens: four bytes times tokens times vocabulary (Qwen3: 300 MB for
 * 512 tokens) in native memory and once more on the heap, per worker.
 *
 * <p>A pair's score does not depend on the other texts of the call: bit for bit for models that quantise dynamically
 * (int8) or keep one logit, which run one pair at a time; within 1e-5 for others, whose short texts run in batches.
 *
 * <p>If a prompt is longer than {@code maxLength} tokens, the end of the passage is not read; if a query is longer than
 * {@code queryMaxLength}, the end of the query is not. Both are reported as {@link
 * dev.langchain4j.rerank.ScoreDetail#truncated()} of the pair ({@link dev.langchain4j.rerank.ScoreDetails}). The
 * response's token usage counts whole prompts. Special tokens that are written out in a passage or query are read as
 * special tokens, as in the models' own code: a passage can inject instructions into the prompt. Unpaired surrogates
 * are replaced by U+FFFD; Python's originals refuse such texts.
 *
 * <p>The scale is {@link dev.langchain4j.rerank.ScoreScale#PROBABILITY} with {@link Activation#SIGMOID}, otherwise
 * {@link dev.langchain4j.rerank.ScoreScale#LOGIT}.
 */
public final class GenerativeScoringModel extends LocalScoringModel {

    private GenerativeScoringModel(Parts parts) {
        super(parts);
    }

    /**
     * Returns a builder with a prompt of your own; only the model has to be set. {@link Activation#MODEL_DEFAULT} is
     * {@link Activation#SIGMOID} for a prompt with yes and no, which gives the probability of yes among the two, and
     * {@link Activation#NONE} for one with yes alone.
     */
    public static Builder builder(RelevancePrompt prompt) {
        return new Builder(prompt);
    }

    /**
     * Returns a builder with the prompt of Qwen3-Reranker and its instruction, "Given a web search query, retrieve
     * relevant passages that answer the query"; scores are the probability of yes. The model accepts 8,192 tokens and
     * more: set {@code maxLength} if 512 are too few.
     */
    public static Builder qwen3() {
        return new Builder(RelevancePrompt.QWEN3)
                .instruction("Given a web search query, retrieve relevant passages that answer the query");
    }

    /**
     * Returns a builder with the prompt of {@code BAAI/bge-reranker-v2-gemma}, as in FlagEmbedding's FlagLLMReranker;
     * scores are the logit of Yes. There, {@code max_length} is the length of the passage without the prompt; here,
     * {@code maxLength} counts all tokens.
     */
    public static Builder bgeGemma() {
        return new Builder(RelevancePrompt.BGE_GEMMA)
                .instruction("Given a query A and a passage B, determine whether the passage contains an answer to the"
                        + " query by providing a prediction of either 'Yes' or 'No'.");
    }

    /** Options of a {@link GenerativeScoringModel}. Not thread-safe. */
    public static final class Builder extends LocalModelBuilder<GenerativeScoringModel, Builder> {

        private final RelevancePrompt prompt;
        private @Nullable String instruction;
        private @Nullable Integer maxLength; // default of ModelConfig
        private @Nullable Integer queryMaxLength; // half of maxLength
        private Activation activation = Activation.MODEL_DEFAULT;

        private Builder(RelevancePrompt prompt) {
            super(ModelOutput.NEXT_TOKEN);
            this.prompt = Arguments.required("prompt", prompt, "pass the prompt that the model answers");
        }

        /**
         * The instruction for the model, if the prompt contains {@code {instruction}}. Default the instruction of the
         * preset.
         */
        public Builder instruction(String instruction) {
            this.instruction = Arguments.notBlank(
                    "instruction", instruction, "describe the task, or leave it out for the instruction of the preset");
            return this;
        }

        /**
         * Maximum number of tokens of a whole prompt; the passage is cut. Default 512, or the number of positions of
         * the model if that is less.
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

        /**
         * Conversion of logits to scores. Default {@link Activation#MODEL_DEFAULT}: the activation that fits the
         * prompt.
         */
        public Builder activation(Activation activation) {
            this.activation = Arguments.required("activation", activation, "leave it out for MODEL_DEFAULT");
            return this;
        }

        @Override
        GenerativeScoringModel create(ModelFiles model, Supplier<InferenceBackend> engine) {
            PromptTokenizer tokenizer = tokenizer(ModelConfig.load(model).maxLength(maxLength), model);
            Head head = new Head(activation(), 1);
            LocalScoringService service = service(PairScoringStrategy.load(
                    model.toString(), tokenizer, () -> new AnswerTokenBackend(answers(tokenizer), engine.get()), head));
            return new GenerativeScoringModel(new Parts(
                    service,
                    tokenizer::windows,
                    engine(model),
                    head.activation().scale(),
                    false,
                    describe(GenerativeScoringModel.class, model)));
        }

        @Override
        Builder self() {
            return this;
        }

        private PromptTokenizer tokenizer(int tokens, ModelFiles model) {
            if (prompt.takesInstruction() != (instruction != null)) {
                throw new InvalidOptionException(
                        "instruction",
                        "instruction must be set for a prompt that contains %s, and only then"
                                .formatted(RelevancePrompt.INSTRUCTION));
            }
            int queryTokens = queryMaxLength == null ? Math.max(1, tokens / 2) : queryMaxLength;
            return PromptTokenizer.load(
                    model, prompt, Objects.requireNonNullElse(instruction, ""), tokens, queryTokens);
        }

        /** Returns the answer tokens, no before yes, so that yes is class 1. */
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
