package dev.langchain4j.rerank.scoring;

import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.exception.AsyncNotSupportedException;
import dev.langchain4j.model.output.Response;
import dev.langchain4j.model.scoring.ScoringModel;
import dev.langchain4j.model.scoring.request.ScoringRequest;
import dev.langchain4j.model.scoring.response.ScoringResponse;
import dev.langchain4j.rerank.InvalidOptionException;
import dev.langchain4j.rerank.ScaledScoringModel;
import dev.langchain4j.rerank.ScoreDetail;
import dev.langchain4j.rerank.ScoreNormalizer;
import dev.langchain4j.rerank.ScoreScale;
import dev.langchain4j.rerank.internal.Arguments;
import dev.langchain4j.rerank.internal.Futures;
import dev.langchain4j.rerank.internal.ModelResponse;
import dev.langchain4j.rerank.scoring.CommonScale.Normalization;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A chain of models in which each is the fallback of the one before it. All scores of a call come from one model; {@link
 * ScoreDetail#stage()} is its name in the chain, followed by a slash and the stage inside the model if it has any. Token
 * usage, billed units and times are those of the model that scored.
 *
 * <p>Every model but the last has a circuit breaker. After {@link Builder#openAfter} failures in a row it opens, and the
 * model is skipped at once, so that calls do not wait for its failure. When it has been open for {@link
 * Builder#openFor}, one call probes the model while others still skip it: if the probe succeeds the breaker closes, if not
 * it stays open for the same time again. The last model has no breaker, since it has no fallback. Its exception reaches
 * the caller.
 *
 * <p>All models must have the same scale, or a {@link Builder#normalizer} must bring their scores to one. If a scale is
 * {@link ScoreScale#RELATIVE}, only scores of one call may be compared, and different models may score different calls:
 * then the chain is listwise, as it is if one of the models is.
 *
 * <p>Each failure that leads to a fallback is logged as a warning with the type of the exception. Interruption and
 * cancellation are no failures of a model and end the call. Needs {@code resilience4j-circuitbreaker} of {@code
 * io.github.resilience4j} on the class path. Thread-safe. Closes nothing.
 */
public final class FallbackScoringModel implements ScaledScoringModel {

    private static final Logger log = LoggerFactory.getLogger(FallbackScoringModel.class);

    private final List<FallbackLink> chain;
    private final List<Class<? extends Throwable>> fallbackOn;
    private final CommonScale scale;

    private FallbackScoringModel(Builder builder, CommonScale scale) {
        this.chain = builder.links();
        this.fallbackOn = builder.fallbackOn;
        this.scale = scale;
    }

    /**
     * Starts a chain.
     *
     * @param name of the first model, not blank; reported as the stage of its scores
     * @param model called first
     * @throws InvalidOptionException if the name is null or blank, or the model null
     */
    public static Builder builder(String name, ScoringModel model) {
        return new Builder().orElse(name, model);
    }

    @Override
    public ScoreScale scoreScale() {
        return scale.scale();
    }

    @Override
    public boolean listwise() {
        return scale.listwise();
    }

    @Override
    public Response<List<Double>> scoreAll(List<TextSegment> segments, String query) {
        return CallContext.sync(segments, query, defaultRequestParameters(), call -> score(call, 0));
    }

    @Override
    public CompletableFuture<ScoringResponse> doScoreAsync(ScoringRequest request) {
        return CallContext.async(request, call -> score(call, 0));
    }

    private CompletableFuture<ModelResponse> score(CallContext call, int index) {
        FallbackLink link = chain.get(index);
        if (!link.permits()) {
            log.debug("{} is skipped: its circuit breaker is open", link.name());
            return score(call, index + 1);
        }
        return call.score(link.model().model(), call.segments())
                .thenApply(response -> {
                    ModelResponse staged =
                            scale.normalized(link.model(), response).insideStage(link.name());
                    link.succeeded();
                    return staged;
                })
                .exceptionallyCompose(failure -> afterFailure(call, index, Futures.cause(failure)));
    }

    private CompletableFuture<ModelResponse> afterFailure(CallContext call, int index, Throwable failure) {
        FallbackLink link = chain.get(index);
        if (call.abandoned() || !isFailureOfModel(failure)) {
            link.withdrawn();
            return CompletableFuture.failedFuture(failure);
        }
        link.failed(failure);
        if (index == chain.size() - 1) {
            return CompletableFuture.failedFuture(failure);
        }
        // The type only: messages of foreign exceptions may quote documents.
        log.warn(
                "{} failed with {}: {} is called instead",
                link.name(),
                failure.getClass().getName(),
                chain.get(index + 1).name());
        return score(call, index + 1);
    }

    private boolean isFailureOfModel(Throwable failure) {
        return fallbackOn.stream().anyMatch(type -> type.isInstance(failure))
                && !(failure instanceof AsyncNotSupportedException);
    }

    /** Builder of {@link FallbackScoringModel}. Not thread-safe; may be used again after {@link #build()}. */
    public static final class Builder {

        private final Map<String, InnerModel> models = new LinkedHashMap<>();
        private List<Class<? extends Throwable>> fallbackOn = List.of(Exception.class);
        private int openAfter = 5;
        private Duration openFor = Duration.ofSeconds(30);
        private Clock clock = Clock.systemUTC();
        private @Nullable Normalization normalization;

        private Builder() {}

        /**
         * Adds a model that is called when all before it fail.
         *
         * @param name not blank, not that of another model of the chain
         * @throws InvalidOptionException if the name is null, blank or taken, or the model null
         */
        public Builder orElse(String name, ScoringModel model) {
            Arguments.notBlank("name", name, "name the model, for instance primary");
            InnerModel added = InnerModel.of(model, name, "orElse");
            if (models.putIfAbsent(name, added) != null) {
                throw new InvalidOptionException(
                        "name", "two models of the chain are named %s: give each its own name".formatted(name));
            }
            return this;
        }

        /**
         * Types of exceptions, with their subtypes, after which the next model is called; others reach the caller. Default
         * {@link Exception}. {@link AsyncNotSupportedException} always reaches the caller: no model has failed.
         *
         * @throws InvalidOptionException if the array or a type is null
         */
        @SafeVarargs
        @SuppressWarnings("varargs") // the array is only read
        public final Builder fallbackOn(Class<? extends Throwable>... types) {
            String remedy = "list types of exceptions, or leave fallbackOn out for all";
            for (Class<? extends Throwable> type : Arguments.required("fallbackOn", types, remedy)) {
                Arguments.required("fallbackOn", type, remedy);
            }
            fallbackOn = List.of(types);
            return this;
        }

        /** Number of failures in a row after which a model is skipped, at least 1. Default 5. */
        public Builder openAfter(int failures) {
            this.openAfter = Arguments.atLeast("openAfter", 1, failures);
            return this;
        }

        /** Time for which a model is skipped until one call probes it, at least a millisecond. Default 30 s. */
        public Builder openFor(Duration openFor) {
            Duration time = Arguments.required("openFor", openFor, "pass a duration, or leave openFor out for 30 s");
            if (time.toMillis() < 1) {
                throw new InvalidOptionException(
                        "openFor", "openFor must be at least PT0.001S, got %s".formatted(time));
            }
            this.openFor = time;
            return this;
        }

        /** The clock of the circuit breakers. For tests. */
        Builder clock(Clock clock) {
            this.clock = clock;
            return this;
        }

        /**
         * Converts the scores of models with different scales to one scale. Default none.
         *
         * @param normalizer called with the scores of the model that scored, and its scale
         * @param scale of the normalized scores; {@link ScoreScale#RELATIVE} if a score depends on the others of the call
         * @throws InvalidOptionException if one of them is null
         */
        public Builder normalizer(ScoreNormalizer normalizer, ScoreScale scale) {
            this.normalization = new Normalization(normalizer, scale);
            return this;
        }

        /**
         * Builds the chain, all breakers closed.
         *
         * @throws IllegalStateException if there is only one model, if the scales differ and no normalizer is set, or if
         *     Resilience4j is not on the class path
         */
        public FallbackScoringModel build() {
            if (models.size() < 2) {
                throw new IllegalStateException("%s has no fallback: add a model with orElse"
                        .formatted(models.keySet().iterator().next()));
            }
            CommonScale scale = CommonScale.of(List.copyOf(models.values()), normalization);
            try {
                return new FallbackScoringModel(this, scale);
            } catch (NoClassDefFoundError e) {
                throw new IllegalStateException(
                        "a fallback chain needs Resilience4j on the class path: add"
                                + " io.github.resilience4j:resilience4j-circuitbreaker",
                        e);
            }
        }

        private List<FallbackLink> links() {
            List<FallbackLink> links = new ArrayList<>();
            models.forEach((name, model) -> links.add(
                    links.size() < models.size() - 1
                            ? FallbackLink.guarded(name, model, openAfter, openFor, clock)
                            : FallbackLink.unguarded(name, model)));
            return List.copyOf(links);
        }
    }
}
