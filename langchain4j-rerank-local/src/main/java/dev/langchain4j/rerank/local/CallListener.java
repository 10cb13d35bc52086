package dev.langchain4j.rerank.local;

import dev.langchain4j.rerank.ScoringTimes;

/** Is notified of the progress of a call: by one thread at a time, and never after the end of the call. */
interface CallListener {

    /** Called once for each text when its score is known. */
    void scored(ScoredText score);

    /** Called with the timing breakdown when all texts are scored; not for a call without texts. */
    void took(ScoringTimes times);
}
