package dev.langchain4j.rerank.local;

import dev.langchain4j.rerank.InvalidOptionException;
import dev.langchain4j.rerank.internal.Arguments;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The prompt that asks a causal language model whether a document is relevant, and the tokens of its answers.
 *
 * <p>The prompt consists of parts, each tokenised separately, because a tokenizer may merge characters across a
 * boundary. A part may contain {@code {instruction}} and {@code {query}}, which are replaced, and one part ends with
 * {@code {document}}, whose end is cut if the prompt is too long. Special tokens are written out, such as {@code
 * <|im_start|>}; none are added.
 *
 * @param parts in order; one of them ends with {@code {document}}, which occurs nowhere else
 * @param yes the answer for relevant; one token
 * @param no the answer for not relevant, one token: the logit is that of yes minus that of no; null uses the logit of
 *     yes alone
 */
public record RelevancePrompt(
        List<String> parts, String yes, @Nullable String no) {

    static final String INSTRUCTION = "{instruction}";
    static final String QUERY = "{query}";
    static final String DOCUMENT = "{document}";

    /** The prompt of Qwen3-Reranker's model card. */
    static final RelevancePrompt QWEN3 = new RelevancePrompt(
            List.of(
                    "<|im_start|>system\nJudge whether the Document meets the requirements based on the Query and the"
                            + " Instruct provided. Note that the answer can only be \"yes\" or \"no\".<|im_end|>\n"
                            + "<|im_start|>user\n",
                    "<Instruct>: {instruction}\n<Query>: {query}\n<Document>: {document}",
                    "<|im_end|>\n<|im_start|>assistant\n<think>\n\n</think>\n\n"),
            "yes",
            "no");

    /** The prompt of FlagEmbedding's FlagLLMReranker, with the token that starts a text of Gemma. */
    static final RelevancePrompt BGE_GEMMA = new RelevancePrompt(
            List.of("<bos>", "A: {query}", "\n", "B: {document}", "\n", "{instruction}"), "Yes", null);

    /**
     * Checks the parts.
     *
     * @throws dev.langchain4j.rerank.InvalidOptionException if a part is missing, or the document is not at the end of
     *     a part
     */
    public RelevancePrompt {
        parts = List.copyOf(Arguments.required("parts", parts, "pass the parts of the prompt in order"));
        yes = Arguments.notBlank("yes", yes, "pass the answer that means relevant");
        long documents = parts.stream().filter(part -> part.contains(DOCUMENT)).count();
        boolean atEnd = parts.stream()
                .allMatch(part ->
                        !part.contains(DOCUMENT) || part.indexOf(DOCUMENT) == part.length() - DOCUMENT.length());
        if (documents != 1 || !atEnd) {
            throw new InvalidOptionException(
                    "parts", "parts must have %s once, at the end of a part, got %s".formatted(DOCUMENT, parts));
        }
        if (parts.stream().noneMatch(part -> part.contains(QUERY))) {
            throw new InvalidOptionException("parts", "parts must have %s, got %s".formatted(QUERY, parts));
        }
    }

    boolean takesInstruction() {
        return parts.stream().anyMatch(part -> part.contains(INSTRUCTION));
    }
}
