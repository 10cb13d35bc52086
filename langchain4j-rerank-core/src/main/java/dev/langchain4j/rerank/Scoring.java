package dev.langchain4j.rerank;

import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.scoring.ScoringModel;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * How an aggregator asks its model.
 *
 * @param template puts metadata into the scored text; null to score the text alone
 * @param timeoutNanos how long a ranking may take; null for as long as it takes
 * @param executor where blocking calls run that the caller does not wait for
 */
record Scoring(
        ScoringModel model,
        @Nullable TextTemplate template,
        @Nullable Long timeoutNanos,
        Executor executor,
        FailurePolicy onFailure,
        Timer timer) {

    boolean listwise() {
        return model instanceof ScaledScoringModel scaled && scaled.listwise();
    }

    /** What the model reads, by place. */
    List<TextSegment> segments(Shortlist shortlist) {
        return shortlist.entries().stream()
                .map(entry -> entry.candidate().content().textSegment())
                .map(segment -> template == null ? segment : template.fill(segment))
                .toList();
    }
}
