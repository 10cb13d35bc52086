package dev.langchain4j.rerank.spring;

import dev.langchain4j.rerank.RerankListener;
import dev.langchain4j.rerank.RerankRequestContext;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Warns, once, where the retriever finds no more than what is kept: LangChain4j's own returns 3 contents unless told
 * otherwise, and reranking those drops none.
 */
final class NothingToDropWarning implements RerankListener {

    private static final Logger log = LoggerFactory.getLogger(RerankAutoConfiguration.class);

    private final AtomicBoolean warned = new AtomicBoolean();

    @Override
    public void onRequest(RerankRequestContext context) {
        int candidates = context.candidates().size();
        if (candidates <= context.topK() && warned.compareAndSet(false, true)) {
            log.warn(
                    "Reranking {} candidates for top-k {} drops nothing: raise langchain4j.rag.retrieval.max-results (default 3) to 30 or more",
                    candidates,
                    context.topK());
        }
    }
}
