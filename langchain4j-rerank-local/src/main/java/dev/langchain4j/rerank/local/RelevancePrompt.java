package dev.langchain4j.rerank.local;

import dev.langchain4j.rerank.InvalidOptionException;
import dev.langchain4j.rerank.internal.Arguments;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a causal language model is asked whether a document is relevant, and which tokens are its answers.
 *
 * <p>The prompt comes in parts, each tokenised by itself, since a tokenizer may join letters over a seam. A part may have
 * {@code {instruction}} and {@code {query}}, which are filled in, and one part ends with {@code {document}}, the end of
 * which is cut where the prompt is too long. Special tokens are written out, such as {@code <|im_start|>}; none are
 * added.
 *
 * @param parts in order; one of them ends with {@code {document}}, which comes nowhere else
 * @param yes the answer for relevant; one token
 * @param no the answer for not relevant, one token: the logit is that of yes less that of no; null takes the logit of yes
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

    /** The prompt of FlagEmbedding's FlagLLMReranker, with the token that Gemma begins a text with. */
    static final RelevancePrompt BGE_GEMMA = new RelevancePrompt(
            List.of("<bos>", "A: {query}", "\n", "B: {document}", "\n", "{instruction}"), "Yes", null);

    /** Refuses parts that do not have a document where it can be cut. */
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
