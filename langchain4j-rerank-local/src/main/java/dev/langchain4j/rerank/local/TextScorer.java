package dev.langchain4j.rerank.local;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A model as its workers see it. Safe for many threads, {@link #close()} excepted, which comes last. */
interface TextScorer extends AutoCloseable {

    /**
     * Prepares a call: what is done once, not once a text.
     *
     * @param query not blank
     * @param texts none blank; may be empty
     * @throws IllegalStateException if the model is closed
     */
    Plan plan(String query, List<String> texts, Order order);

    @Override
    void close();

    /** Which texts come first. */
    enum Order {

        /** As they were given. */
        GIVEN,

        /** As is best for the time until the last score. */
        FASTEST
    }

    /** A call in parts that run independently, each a few texts. */
    interface Plan {

        /** Places of texts; each place in one part of one of the plans that follow one another. */
        List<int[]> parts();

        /**
         * Scores the texts of one part, or prepares that they are scored by a later plan.
         *
         * @throws LocalModelException if one of them has no finite score, or the engine refuses
         */
        void score(int[] part, Consumer<ScoredText> scores);

        /** What is left to do when all parts are scored, at least one part; null if nothing. Asked once. */
        default @Nullable Plan next() {
            return null;
        }

        /** What the parts that were scored, here and in plans before, spent on making tokens, all workers together. */
        long tokenizingNanos();
    }
}
