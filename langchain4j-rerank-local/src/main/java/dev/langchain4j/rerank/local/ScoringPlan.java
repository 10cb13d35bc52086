package dev.langchain4j.rerank.local;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One call in parts of a few texts each, which run independently. */
interface ScoringPlan {

    /** Returns the indexes of the texts of each part; each index is in one part of one of the plans of a call. */
    List<int[]> parts();

    /**
     * Scores the texts of one part, or prepares that they are scored by a later plan.
     *
     * @throws LocalModelException if one of them has no finite score, or the engine refuses
     */
    void score(int[] part, Consumer<ScoredText> scores);

    /** Returns the next plan, of at least one part, when all parts are scored; null if the call is done. Called once. */
    default @Nullable ScoringPlan next() {
        return null;
    }

    /** Returns the time that all workers together spent on tokenizing, in this plan and the plans before it. */
    long tokenizingNanos();
}
