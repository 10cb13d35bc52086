package dev.langchain4j.rerank.spring;

import dev.langchain4j.rerank.RerankListener;
import dev.langchain4j.rerank.RerankRequestContext;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Warns once if the retriever returns no more contents than are kept. LangChain4j's own retriever returns 3 contents by
 * default, and reranking these drops none.
 */
final class NothingToDropWarning implements RerankListener {

    private static final Logger log = LoggerFactory.getLogger(RerankAutoConfiguration.class);

    private final AtomicBoolean warned = new AtomicBoolean();

    @Override
    public void onRequest(RerankRequestContext context) {
        int candidates = context.candidates().size();
        if (candidates <= context.topK() && warned.compareAndSet(false, true)) {
            log.warn(
                    "Reranking {} candidates with top-k {} drops nothing: raise langchain4j.rag.retrieval.max-results (default 3) to 30 or more",
                    candidates,
                    context.topK());
        }
    }
}
