package dev.langchain4j.rerank;

import java.util.List;

/** Cuts a long text into windows by tokens. */
@FunctionalInterface
public interface TextWindower {

    /**
     * The windows of a text, in order, together covering all of it.
     *
     * @param text the text; a blank one has one window
     * @param maxTokens tokens a window holds at most, without special tokens; at least 1
     * @param overlap tokens shared by neighbouring windows; from 0 to {@code maxTokens - 1}
     */
    List<TextWindow> windows(String text, int maxTokens, int overlap);
}
