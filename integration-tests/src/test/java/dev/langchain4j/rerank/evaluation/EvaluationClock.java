package dev.langchain4j.rerank.evaluation;

import java.util.function.LongSupplier;

/** The clock of an evaluation, which users cannot set, for tests in other packages. */
public final class EvaluationClock {

    private EvaluationClock() {}

    /** Measures the latencies with this clock, in nanoseconds. */
    public static Evaluation.Builder set(Evaluation.Builder builder, LongSupplier nanoClock) {
        return builder.nanoClock(nanoClock);
    }
}
