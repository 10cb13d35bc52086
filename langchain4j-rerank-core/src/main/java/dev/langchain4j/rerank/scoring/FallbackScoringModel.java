package dev.langchain4j.rerank.scoring;

import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.exception.AsyncNotSupportedException;
import dev.langchain4j.model.output.Response;
import dev.langchain4j.model.scoring.ScoringModel;
import dev.langchain4j.model.scoring.request.ScoringRequest;
import dev.langchain4j.model.scoring.response.ScoringResponse;
import dev.langchain4j.rerank.ScaledScoringModel;
import dev.langchain4j.rerank.ScoreDetail;
import dev.langchain4j.rerank.ScoreNormalizer;
import dev.langchain4j.rerank.ScoreScale;
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
 * A chain of models: the first answers, and where it fails the next one does. One call is answered by one model as a
 * whole; {@link ScoreDetail#stage()} is its name in the chain, with the stage inside it behind a slash if it has any.
 *
 * <p>Every model but the last has a circuit breaker. After {@link Builder#openAfter} failures in a row it opens, and the
 * model is passed over at once instead of letting every call wait for its failure. When it has been open for {@link
 * Builder#openFor}, one call is let through to probe the model, while others still pass it over: if the probe is
 * answered the breaker closes, if not it stays open as long again. The last model has no breaker, since nobody stands
 * behind it. What the last model throws reaches the caller.
 *
 * <p>All models must have the same scale, or a {@link Builder#normalizer} must bring their scores to one. If a scale is
 * {@link ScoreScale#RELATIVE}, only scores of one call may be compared, and calls may be answered by different models:
 * then the chain is listwise, as it is if one of the models is.
 *
 * <p>A failure that is passed over is logged as a warning with the type of the exception. Interruption and cancellation
 * are no failures of a model and end the call. Needs {@code resilience4j-circuitbreaker} of {@code
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
     * @param name of the first model, not blank; reported as the stage of what it scores
     * @param model asked first
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
        return CallContext.sync(segments, query, defaultRequestParameters(), call -> ask(call, 0));
    }

    @Override
    public CompletableFuture<ScoringResponse> doScoreAsync(ScoringRequest request) {
        return CallContext.async(request, call -> ask(call, 0));
    }

    private CompletableFuture<Scores> ask(CallContext call, int place) {
        FallbackLink link = chain.get(place);
        if (!link.permits()) {
            log.debug("{} is passed over: its circuit breaker is open", link.name());
            return ask(call, place + 1);
        }
        return call.ask(link.model().model(), call.segments())
                .thenApply(scores -> {
                    Scores answer = scale.of(link.model(), scores).ofStage(link.name());
                    link.answered();
                    return answer;
                })
                .exceptionallyCompose(failure -> afterFailure(call, place, CallContext.cause(failure)));
    }

    private CompletableFuture<Scores> afterFailure(CallContext call, int place, Throwable failure) {
        FallbackLink link = chain.get(place);
        if (call.abandoned() || !isFailureOfModel(failure)) {
            link.withdrawn();
            return CompletableFuture.failedFuture(failure);
        }
        link.failed(failure);
        if (place == chain.size() - 1) {
            return CompletableFuture.failedFuture(failure);
        }
        // The type only: messages of foreign exceptions may quote documents.
        log.warn(
                "{} failed with {}: {} is asked instead",
                link.name(),
                failure.getClass().getName(),
                chain.get(place + 1).name());
        return ask(call, place + 1);
    }

    private boolean isFailureOfModel(Throwable failure) {
        return fallbackOn.stream().anyMatch(type -> type.isInstance(failure))
                && !(failure instanceof AsyncNotSupportedException);
    }

    /** Options of a {@link FallbackScoringModel}. Not thread-safe; may be used again after {@link #build()}. */
    public static final class Builder {

        private final Map<String, InnerModel> models = new LinkedHashMap<>();
        private List<Class<? extends Throwable>> fallbackOn = List.of(Exception.class);
        private int openAfter = 5;
        private Duration openFor = Duration.ofSeconds(30);
        private Clock clock = Clock.systemUTC();
        private @Nullable Normalization normalization;

        private Builder() {}

        /**
         * Adds a model that is asked when those before it fail.
         *
         * @param name not blank, not that of another model of the chain
         */
        public Builder orElse(String name, ScoringModel model) {
            if (name == null || name.isBlank()) {
                throw new IllegalArgumentException("the name of a model in the chain is blank: name the model");
            }
            InnerModel added = InnerModel.of(model, name);
            if (models.putIfAbsent(name, added) != null) {
                throw new IllegalArgumentException(
                        "two models of the chain are named %s: give each its own name".formatted(name));
            }
            return this;
        }

        /**
         * Types of exceptions, with their subtypes, at which the next model is asked; others reach the caller. Default
         * {@link Exception}. {@link AsyncNotSupportedException} always reaches the caller: no model has failed.
         */
        @SafeVarargs
        @SuppressWarnings("varargs") // the array is only read
        public final Builder fallbackOn(Class<? extends Throwable>... types) {
            fallbackOn = List.of(types);
            return this;
        }

        /** Failures in a row after which a model is passed over, at least 1. Default 5. */
        public Builder openAfter(int failures) {
            if (failures < 1) {
                throw new IllegalArgumentException("openAfter must be at least 1, got %d".formatted(failures));
            }
            this.openAfter = failures;
            return this;
        }

        /** How long a model is passed over until one call probes it, at least a millisecond. Default 30 s. */
        public Builder openFor(Duration openFor) {
            if (openFor == null || openFor.toMillis() < 1) {
                throw new IllegalArgumentException("openFor must be at least PT0.001S, got %s".formatted(openFor));
            }
            this.openFor = openFor;
            return this;
        }

        /** Tells how long a breaker has been open. Default the system's. */
        public Builder clock(Clock clock) {
            if (clock == null) {
                throw new IllegalArgumentException("clock is null: give a clock");
            }
            this.clock = clock;
            return this;
        }

        /**
         * Brings the scores of models with different scales to one.
         *
         * @param normalizer gets the scores of the model that answered, and the scale of that model
         * @param scale what comes out; {@link ScoreScale#RELATIVE} if it depends on the other scores of the call
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
                throw new IllegalStateException("nothing stands behind %s: add a model with orElse"
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
