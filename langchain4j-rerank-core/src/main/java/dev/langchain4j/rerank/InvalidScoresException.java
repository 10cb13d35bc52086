package dev.langchain4j.rerank;

import dev.langchain4j.exception.NonRetriableException;
import java.io.Serial;

/**
 * A response of a scoring model that is not one finite score per segment, in the order of the segments: too few or too
 * many scores, or a value that is not a finite number. Such a response cannot be ranked, and a retry would not help.
 * The message names the model and the segment, never a text.
 */
public final class InvalidScoresException extends NonRetriableException {

    @Serial
    private static final long serialVersionUID = 1L;

    public InvalidScoresException(String message) {
        super(message);
    }
}
