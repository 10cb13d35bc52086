package dev.langchain4j.rerank;

import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.scoring.ScoringModel;
import dev.langchain4j.model.scoring.request.ScoringRequestParameters;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * How an aggregator calls its model.
 *
 * @param template puts metadata into the scored text; null to score the text alone
 * @param timeout how long a ranking may take; null for no limit
 * @param executor where blocking calls run that the caller does not wait for
 */
record ScoringSettings(
        ScoringModel model,
        @Nullable TextTemplate template,
        @Nullable Duration timeout,
        Executor executor,
        FailurePolicy onFailure,
        Timer timer) {

    /** The timeout in nanoseconds; null for no limit. */
    @Nullable
    Long timeoutNanos() {
        return timeout == null ? null : Timer.nanosOf(timeout);
    }

    /** The name that the model declares; null if it declares none, as a mock that has no parameters. */
    @Nullable
    String modelName() {
        ScoringRequestParameters parameters = model.defaultRequestParameters();
        return parameters == null ? null : parameters.modelName();
    }

    boolean listwise() {
        return model instanceof ScaledScoringModel scaled && scaled.listwise();
    }

    /** The segments that the model reads, one per entry. */
    List<TextSegment> segments(Shortlist shortlist) {
        return shortlist.entries().stream()
                .map(entry -> entry.candidate().content().textSegment())
                .map(segment -> template == null ? segment : template.fill(segment))
                .toList();
    }
}
