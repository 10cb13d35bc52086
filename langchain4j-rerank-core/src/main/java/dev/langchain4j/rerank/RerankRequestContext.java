package dev.langchain4j.rerank;

import dev.langchain4j.rag.content.Content;
import dev.langchain4j.rag.query.Query;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The event of a reranking that begins. */
public final class RerankRequestContext {

    private final Query query;
    private final List<Query> queries;
    private final List<Content> candidates;
    private final int topK;
    private final @Nullable String modelName;
    private final Map<Object, Object> attributes = new ConcurrentHashMap<>();

    RerankRequestContext(
            Query query, List<Query> queries, List<Content> candidates, int topK, @Nullable String modelName) {
        this.query = query;
        this.queries = queries;
        this.candidates = candidates;
        this.topK = topK;
        this.modelName = modelName;
    }

    /**
     * The query of {@link Ranking#query()} with its metadata, which identifies the chat and the user: the selected
     * query; otherwise the user's own if it is among the queries; otherwise the first by text.
     */
    public Query query() {
        return query;
    }

    /** All queries of the retrieval, the user's own first; unmodifiable. */
    public List<Query> queries() {
        return queries;
    }

    /** The contents to be scored, in retrieval order; unmodifiable. */
    public List<Content> candidates() {
        return candidates;
    }

    /** Maximum number of contents that are passed on. */
    public int topK() {
        return topK;
    }

    /** The model name in {@code ScoringModel.defaultRequestParameters()}; null if there is none. */
    public @Nullable String modelName() {
        return modelName;
    }

    /** Attributes of this reranking, for passing values from one event to the next; modifiable and thread-safe. */
    public Map<Object, Object> attributes() {
        return attributes;
    }
}
