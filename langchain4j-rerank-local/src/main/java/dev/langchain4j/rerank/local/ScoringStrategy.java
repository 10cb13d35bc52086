package dev.langchain4j.rerank.local;

import java.util.List;

/**
 * The part of a model that its workers run: plans a call and scores its parts. Thread-safe, except for {@link
 * #close()}, which is called last.
 */
interface ScoringStrategy extends AutoCloseable {

    /**
     * Prepares a call: does the work that is needed once per call, not once per text.
     *
     * @param query not blank
     * @param texts none blank; may be empty
     * @throws ClosedModelException if the model is closed
     */
    ScoringPlan plan(String query, List<String> texts, Order order);

    @Override
    void close();

    /** The order in which texts are scored. */
    enum Order {

        /** As given. */
        GIVEN,

        /** The fastest until the last score. */
        FASTEST
    }
}
