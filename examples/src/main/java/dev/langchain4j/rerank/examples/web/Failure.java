package dev.langchain4j.rerank.examples.web;

import dev.langchain4j.rerank.examples.MilvusAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The reason for a missing answer, for the page.
 *
 * @param message problem and remedy
 */
record Failure(String message) {

    private static final Logger LOG = LoggerFactory.getLogger(Failure.class);

    static Failure of(Throwable problem) {
        for (Throwable cause = problem; cause != null; cause = cause.getCause()) {
            if (cause instanceof MilvusAddress.NoAnswerException || cause instanceof IllegalArgumentException) {
                return new Failure(String.valueOf(cause.getMessage()));
            }
        }
        LOG.warn("a question was not answered", problem);
        return new Failure("the answer failed: see the terminal for the reason");
    }
}
