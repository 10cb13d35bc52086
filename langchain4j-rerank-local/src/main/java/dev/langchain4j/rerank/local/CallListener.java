package dev.langchain4j.rerank.local;

import dev.langchain4j.rerank.ScoringTimes;

/** Hears of a call as it comes along: from one thread at a time, and nothing once the call is over. */
interface CallListener {

    /** A text has its score; each once. */
    void scored(ScoredText score);

    /** All texts have theirs, after so long; not for a call without texts. */
    void took(ScoringTimes times);
}
