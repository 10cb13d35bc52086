package dev.langchain4j.rerank.local;

/** The engine ran out of memory in a run that would need less with fewer pairs. */
final class BatchTooLargeException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    BatchTooLargeException(Throwable cause) {
        super(cause);
    }
}
