package dev.langchain4j.rerank;

import java.util.List;

/** Splits a long text into windows by tokens. */
@FunctionalInterface
public interface TextWindower {

    /**
     * Returns the windows of a text, in order; together they cover all of it.
     *
     * @param text the text; a blank one has one window
     * @param maxTokens maximum number of tokens per window, without special tokens; at least 1
     * @param overlap number of tokens that neighbouring windows share; from 0 to {@code maxTokens - 1}
     */
    List<TextWindow> windows(String text, int maxTokens, int overlap);
}
