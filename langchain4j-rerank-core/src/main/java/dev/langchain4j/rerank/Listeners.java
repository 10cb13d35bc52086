package dev.langchain4j.rerank;

import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Notifies all listeners. An exception of one affects neither the reranking nor the other listeners. */
record Listeners(List<RerankListener> listeners) {

    private static final Logger log = LoggerFactory.getLogger(RerankingContentAggregator.class);

    Listeners {
        listeners = List.copyOf(listeners);
    }

    void onRequest(RerankRequestContext context) {
        notifyAll(listener -> listener.onRequest(context));
    }

    void onResponse(RerankResponseContext context) {
        notifyAll(listener -> listener.onResponse(context));
    }

    void onError(RerankErrorContext context) {
        notifyAll(listener -> listener.onError(context));
    }

    private void notifyAll(Consumer<RerankListener> event) {
        for (RerankListener listener : listeners) {
            try {
                event.accept(listener);
            } catch (RuntimeException e) {
                log.warn(
                        "{} threw an exception, which is ignored: a listener must not throw",
                        listener.getClass().getName(),
                        e);
            }
        }
    }
}
