package dev.langchain4j.rerank.api;

import dev.langchain4j.rerank.api.AttemptOutcome.Answered;
import dev.langchain4j.rerank.api.AttemptOutcome.Refused;
import dev.langchain4j.rerank.api.AttemptOutcome.Unreachable;
import dev.langchain4j.rerank.api.AttemptOutcome.Unusable;
import dev.langchain4j.rerank.api.Clocks.Deadline;
import dev.langchain4j.rerank.api.Transport.Reply;
import dev.langchain4j.rerank.api.protocol.ErrorDetails;
import dev.langchain4j.rerank.api.protocol.ErrorKind;
import dev.langchain4j.rerank.api.protocol.RerankProtocol.Request;
import dev.langchain4j.rerank.internal.Futures;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import okhttp3.Headers;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/** The attempts of one request, one at a time: rate limit, signature, exchange, reading the response. */
final class RequestAttempts {

    private final Endpoint endpoint;
    private final Transport transport;
    private final AnswerReader reader;
    private final Request request;
    private final byte[] body;
    private final int first;
    private final Deadline deadline;
    private volatile boolean cancelled;
    private volatile @Nullable CompletableFuture<?> pending;

    /**
     * Creates the attempts of a request.
     *
     * @param body the request as bytes
     * @param first index of its first document in the whole list, for messages
     */
    RequestAttempts(
            Endpoint endpoint,
            Transport transport,
            AnswerReader reader,
            Request request,
            byte[] body,
            int first,
            Deadline deadline) {
        this.endpoint = endpoint;
        this.transport = transport;
        this.reader = reader;
        this.request = request;
        this.body = body;
        this.first = first;
        this.deadline = deadline;
    }

    /**
     * Sends the request once, when the rate limit permits it.
     *
     * @param attempt from 1
     * @return the outcome; fails only for reasons other than the service
     */
    CompletableFuture<AttemptOutcome> attempt(int attempt, RateLimit rateLimit) {
        return track(rateLimit.turn(request.documents().size(), deadline.left()))
                .thenCompose(turn -> track(
                        endpoint.signer().headers(endpoint.url().uri(), body).toCompletableFuture()))
                .thenCompose(proof -> track(post(proof, attempt)))
                .handle((reply, failure) -> failure == null ? read(reply) : unanswered(failure));
    }

    /** Cancels the running attempt and prevents others. */
    void cancel() {
        cancelled = true;
        CompletableFuture<?> waiting = pending;
        if (waiting != null) {
            waiting.cancel(true);
        }
    }

    /** Registers the future that the attempt waits for, so that {@link #cancel} reaches it. */
    private <T> CompletableFuture<T> track(CompletableFuture<T> future) {
        pending = future;
        if (cancelled) {
            future.cancel(true);
        }
        return future;
    }

    private CompletableFuture<Reply> post(Map<String, String> proof, int attempt) {
        if (cancelled) {
            return CompletableFuture.failedFuture(new CancellationException());
        }
        Headers.Builder headers = endpoint.headers().newBuilder();
        proof.forEach(headers::set);
        Duration left = deadline.left();
        endpoint.log().request(endpoint.url(), headers.build(), request, body, attempt);
        return transport.post(endpoint.url(), headers.build(), body, limit(left));
    }

    /** Returns the time limit of an attempt. */
    private Duration limit(Duration left) {
        Duration limit = left.compareTo(endpoint.timeout()) < 0 ? left : endpoint.timeout();
        return limit.isNegative() || limit.isZero() ? Duration.ofMillis(1) : limit; // 0 would mean no limit
    }

    private AttemptOutcome read(Reply reply) {
        endpoint.log().response(reply.status(), reply.headers(), reply.body());
        if (reply.status() != 200) {
            return refused(reply);
        }
        try {
            return new Answered(reader.answer(reply.headers(), reply.body(), request, first));
        } catch (UnusableAnswerException e) {
            return new Unusable(e);
        }
    }

    private Refused refused(Reply reply) {
        ErrorDetails error = ErrorRedactor.withoutTexts(reader.error(reply.headers(), reply.body()), request);
        HttpUrl target = redirect(reply);
        if (target != null) {
            String message = "redirects to %s://%s:%d, which is not followed"
                    .formatted(target.scheme(), target.host(), target.port());
            error = new ErrorDetails(message, error.code(), error.requestId());
        }
        ErrorKind kind = endpoint.protocol().errorKind(reply.status(), error, request);
        RetryHints hints = RetryHints.of(reply.headers(), deadline.clocks().now());
        boolean renewed = kind == ErrorKind.AUTHENTICATION && endpoint.signer().renew();
        return new Refused(reply.status(), kind, error, renewed ? RetryHints.AT_ONCE : hints);
    }

    private @Nullable HttpUrl redirect(Reply reply) {
        String location = reply.status() / 100 == 3 ? reply.headers().get("Location") : null;
        return location == null ? null : endpoint.url().resolve(location);
    }

    private static AttemptOutcome unanswered(Throwable failure) {
        Throwable cause = Futures.cause(failure);
        if (cause instanceof IOException noAnswer) {
            return new Unreachable(noAnswer);
        }
        if (cause instanceof UnusableAnswerException unusable) {
            return new Unusable(unusable);
        }
        throw new CompletionException(cause);
    }
}
