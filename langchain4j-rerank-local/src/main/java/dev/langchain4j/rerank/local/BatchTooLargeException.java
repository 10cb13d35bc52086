package dev.langchain4j.rerank.local;

/** The engine had not the memory for a run, which fewer pairs would have needed less of. */
final class BatchTooLargeException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    BatchTooLargeException(Throwable cause) {
        super(cause);
    }
}
