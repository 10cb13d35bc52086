package dev.langchain4j.rerank;

import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells all listeners; one that throws harms neither the reranking nor the others. */
record Listeners(List<RerankListener> listeners) {

    private static final Logger log = LoggerFactory.getLogger(RerankingContentAggregator.class);

    Listeners {
        listeners = List.copyOf(listeners);
    }

    void onRequest(RerankRequestContext context) {
        tell(listener -> listener.onRequest(context));
    }

    void onResponse(RerankResponseContext context) {
        tell(listener -> listener.onResponse(context));
    }

    void onError(RerankErrorContext context) {
        tell(listener -> listener.onError(context));
    }

    private void tell(Consumer<RerankListener> event) {
        for (RerankListener listener : listeners) {
            try {
                event.accept(listener);
            } catch (RuntimeException e) {
                log.warn(
                        "{} threw an exception, which is ignored",
                        listener.getClass().getName(),
                        e);
            }
        }
    }
}
