package dev.langchain4j.rerank;

import dev.langchain4j.rag.content.Content;
import dev.langchain4j.rag.query.Query;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** A reranking that begins. */
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
     * The query that {@link Ranking#query()} names, with its metadata, which tells the chat and the user: the selected
     * one; else the user's own if it is among the queries; else the first by text.
     */
    public Query query() {
        return query;
    }

    /** All queries that came in, the user's own first; unmodifiable. */
    public List<Query> queries() {
        return queries;
    }

    /** What is to be scored, in retrieval order; unmodifiable. */
    public List<Content> candidates() {
        return candidates;
    }

    /** How many contents are handed on at most. */
    public int topK() {
        return topK;
    }

    /** What the model calls itself ({@code ScoringModel.defaultRequestParameters()}); null if it does not. */
    public @Nullable String modelName() {
        return modelName;
    }

    /** A map that goes with this reranking, to pass things from one event to the next; may be changed, thread-safe. */
    public Map<Object, Object> attributes() {
        return attributes;
    }
}
