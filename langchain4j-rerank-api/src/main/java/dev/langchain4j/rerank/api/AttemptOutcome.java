package dev.langchain4j.rerank.api;

import dev.langchain4j.rerank.api.AnswerReader.Answer;
import dev.langchain4j.rerank.api.protocol.ErrorDetails;
import dev.langchain4j.rerank.api.protocol.ErrorKind;
import java.io.IOException;

/** The outcome of one attempt. */
sealed interface AttemptOutcome {

    /** The service returned scores. */
    record Answered(Answer answer) implements AttemptOutcome {}

    /** The service returned no readable response, or not one finite score per document. */
    record Unusable(UnusableAnswerException problem) implements AttemptOutcome {}

    /**
     * The service returned an error.
     *
     * @param status the HTTP status
     */
    record Refused(int status, ErrorKind kind, ErrorDetails error, RetryHints hints) implements AttemptOutcome {}

    /** The service returned no response. */
    record Unreachable(IOException cause) implements AttemptOutcome {}
}
