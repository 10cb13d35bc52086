package dev.langchain4j.rerank.api;

import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeExecutor;
import dev.failsafe.RetryPolicy;
import dev.langchain4j.exception.TimeoutException;
import dev.langchain4j.rerank.ScoreSink;
import dev.langchain4j.rerank.api.AnswerReader.Answer;
import dev.langchain4j.rerank.api.AttemptOutcome.Answered;
import dev.langchain4j.rerank.api.AttemptOutcome.Refused;
import dev.langchain4j.rerank.api.AttemptOutcome.Unreachable;
import dev.langchain4j.rerank.api.AttemptOutcome.Unusable;
import dev.langchain4j.rerank.api.Clocks.Deadline;
import dev.langchain4j.rerank.api.RequestPlan.Part;
import dev.langchain4j.rerank.api.protocol.Limits;
import dev.langchain4j.rerank.api.protocol.RerankProtocol.Request;
import dev.langchain4j.rerank.api.protocol.Usage;
import dev.langchain4j.rerank.internal.Futures;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Executes one call: splits its texts into requests and sends each of them, with retries, until it gets a response.
 * Thread-safe.
 */
final class RequestExecutor {

    private final Endpoint endpoint;
    private final Transport transport;
    private final RequestWriter writer;
    private final AnswerReader reader;
    private final Bounds bounds;
    private final RateLimit rateLimit;
    private final RetryRules rules;
    private final Clocks clocks;
    private final ScheduledExecutorService timer;
    private final FailsafeExecutor<Step> retries;

    /**
     * The bounds of one call.
     *
     * @param limits of one request
     * @param deadline of the call, with all its requests
     * @param maxRetries per request, beside the first attempt
     * @param maxConcurrentRequests maximum number of requests at a time
     */
    record Bounds(Limits limits, Duration deadline, int maxRetries, int maxConcurrentRequests) {}

    /**
     * The state of a request after an attempt.
     *
     * @param attempt number of the attempt, from 1
     * @param delay until the next one; null if this outcome is final
     */
    private record Step(
            AttemptOutcome outcome, int attempt, @Nullable Duration delay) {}

    /** Creates an executor that schedules retries and deadlines on a timer of the caller. */
    RequestExecutor(
            Endpoint endpoint,
            Transport transport,
            RequestWriter writer,
            Bounds bounds,
            RateLimit rateLimit,
            Clocks clocks,
            ScheduledExecutorService timer) {
        this.endpoint = endpoint;
        this.transport = transport;
        this.writer = writer;
        this.reader = new AnswerReader(endpoint.protocol());
        this.bounds = bounds;
        this.rateLimit = rateLimit;
        this.rules = new RetryRules(clocks::jitter);
        this.clocks = clocks;
        this.timer = timer;
        this.retries = Failsafe.with(policy(bounds.maxRetries())).with(clocks.scheduler(timer));
    }

    /**
     * Starts scoring.
     *
     * @param texts at least one, none blank
     * @param sink receives the scores of a request when its response arrives
     * @return completes with the usage of all requests; cancelling it cancels the running requests
     */
    CompletableFuture<Usage> execute(List<String> texts, String query, ScoreSink sink) {
        List<Part> parts = plan(texts, query);
        Deadline deadline = Deadline.in(bounds.deadline(), clocks);
        CompletableFuture<Usage> end = new RequestWindow(parts, part -> send(part, query, texts.size(), deadline), sink)
                .start(bounds.maxConcurrentRequests());
        // Attempts and waits respect the deadline by themselves; time in the queue of a shared client does not.
        Future<?> guard = timer.schedule(
                () -> end.completeExceptionally(late(texts.size())),
                bounds.deadline().toNanos(),
                TimeUnit.NANOSECONDS);
        Futures.onCompletion(end, (usage, failure) -> guard.cancel(false));
        return end;
    }

    private List<Part> plan(List<String> texts, String query) {
        if (!endpoint.protocol().listwise()) {
            return RequestPlan.split(query, texts, bounds.limits());
        }
        if (texts.size() > bounds.limits().documents()) {
            throw new IllegalArgumentException(
                    "%s scores a list as a whole and takes at most %d documents, got %d; rank fewer candidates"
                            .formatted(endpoint, bounds.limits().documents(), texts.size()));
        }
        return List.of(new Part(0, texts));
    }

    private CompletableFuture<Answer> send(Part part, String query, int total, Deadline deadline) {
        Request request = new Request(query, part.documents(), endpoint.modelName());
        RequestAttempts attempts = new RequestAttempts(
                endpoint, transport, reader, request, writer.write(request), part.first(), deadline);
        CompletableFuture<Step> last = retries.getStageAsync(context -> {
            int attempt = context.getAttemptCount() + 1;
            return attempts.attempt(attempt, rateLimit)
                    .thenApply(
                            outcome -> new Step(outcome, attempt, rules.waitAfter(outcome, attempt, deadline.left())));
        });
        Futures.onCompletion(last, (step, failure) -> attempts.cancel());
        return Futures.map(last, step -> answer(step, part, total));
    }

    private Answer answer(Step last, Part part, int total) {
        if (last.outcome() instanceof Answered answered) {
            return answered.answer();
        }
        if (last.outcome() instanceof Unusable unusable) {
            throw unusable.problem();
        }
        String attempts = "%sattempt %d of %d".formatted(range(part, total), last.attempt(), 1 + bounds.maxRetries());
        if (last.outcome() instanceof Refused refused) {
            throw ExceptionMapper.refused(endpoint, refused, attempts);
        }
        throw ExceptionMapper.unreachable(endpoint, ((Unreachable) last.outcome()).cause(), attempts);
    }

    /** Returns the range of documents of a part, or nothing if it contains all. */
    private static String range(Part part, int total) {
        int size = part.documents().size();
        if (size == total) {
            return "";
        }
        return size == 1
                ? "document %d; ".formatted(part.first())
                : "documents %d to %d; ".formatted(part.first(), part.first() + size - 1);
    }

    private TimeoutException late(int total) {
        return new TimeoutException("%s did not score all %d documents within the deadline of %s"
                .formatted(endpoint.name(), total, ExceptionMapper.seconds(bounds.deadline())));
    }

    /** Failsafe counts, waits and cancels; whether to retry, and after which delay, is in the step. */
    private static RetryPolicy<Step> policy(int maxRetries) {
        return RetryPolicy.<Step>builder()
                .handleIf((step, failure) -> failure == null && step.delay() != null)
                .withMaxRetries(maxRetries)
                .withDelayFn(context -> context.getLastResult().delay())
                .build();
    }
}
