package dev.langchain4j.rerank;

import dev.langchain4j.exception.NonRetriableException;
import java.io.Serial;

/**
 * A scoring model broke its promise of one finite score a segment, in the order of the segments: it returned too few or
 * too many, or something that is not a finite number. Nothing can be ranked by such an answer, and asking again would
 * not mend it. The message names the model and the segment, never a text.
 */
public final class InvalidScoresException extends NonRetriableException {

    @Serial
    private static final long serialVersionUID = 1L;

    public InvalidScoresException(String message) {
        super(message);
    }
}
