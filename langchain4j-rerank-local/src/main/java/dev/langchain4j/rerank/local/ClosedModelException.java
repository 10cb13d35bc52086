package dev.langchain4j.rerank.local;

/** A call of a closed model, before it has the name of the model. */
final class ClosedModelException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    ClosedModelException() {
        super("the model is closed");
    }
}
