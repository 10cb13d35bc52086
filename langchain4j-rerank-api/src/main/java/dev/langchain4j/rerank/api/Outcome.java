package dev.langchain4j.rerank.api;

import dev.langchain4j.rerank.api.AnswerReader.Answer;
import dev.langchain4j.rerank.api.protocol.ErrorDetails;
import dev.langchain4j.rerank.api.protocol.ErrorKind;
import java.io.IOException;

/** How one attempt ended. */
sealed interface Outcome {

    /** With scores. */
    record Answered(Answer answer) implements Outcome {}

    /** With an answer that has not one finite score for each document, or is not readable. */
    record Unusable(UnusableAnswerException problem) implements Outcome {}

    /**
     * With an error of the service.
     *
     * @param status the HTTP status
     */
    record Refused(int status, ErrorKind kind, ErrorDetails error, RetryHints hints) implements Outcome {}

    /** Without an answer. */
    record Unreachable(IOException cause) implements Outcome {}
}
