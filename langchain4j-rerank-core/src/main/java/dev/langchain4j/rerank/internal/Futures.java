package dev.langchain4j.rerank.internal;

import dev.langchain4j.exception.LangChain4jException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Waiting for futures, unwrapping their failures and ending them together. */
public final class Futures {

    private Futures() {}

    /**
     * Waits for a future. An interrupt cancels it.
     *
     * @param activity for the message, for instance {@code scoring 8 texts}
     * @throws CancellationException if the future was cancelled or the thread interrupted, which sets the thread's
     *     interrupt flag again
     * @throws RuntimeException the failure of the future; a checked one as the cause of a {@link LangChain4jException}
     */
    public static <T> T await(Future<T> future, String activity) {
        try {
            return future.get();
        } catch (InterruptedException e) {
            future.cancel(true);
            throw interrupted(activity, e);
        } catch (ExecutionException e) {
            throw unchecked(cause(e));
        }
    }

    /**
     * Refuses an interrupted thread, whose flag stays set. A blocking call checks this before it calls its source.
     *
     * @param activity for the message, for instance {@code scoring 8 texts}
     * @throws CancellationException if the thread is interrupted
     */
    public static void checkInterrupt(String activity) {
        if (Thread.currentThread().isInterrupted()) {
            throw new CancellationException("interrupted before " + activity);
        }
    }

    /** Sets the interrupt flag of the thread again and returns the exception to throw. */
    public static CancellationException interrupted(String activity, InterruptedException cause) {
        Thread.currentThread().interrupt();
        CancellationException cancelled = new CancellationException("interrupted while " + activity);
        cancelled.initCause(cause);
        return cancelled;
    }

    /** The failure itself, without the exceptions that futures wrap around it. */
    public static Throwable cause(Throwable failure) {
        Throwable cause = failure.getCause();
        boolean wrapper = failure instanceof CompletionException || failure instanceof ExecutionException;
        return wrapper && cause != null ? cause(cause) : failure;
    }

    /**
     * The failure as an exception that can be thrown anywhere; a checked one as the cause of a
     * {@link LangChain4jException}. An {@link Error} is thrown at once.
     */
    public static RuntimeException unchecked(Throwable failure) {
        if (failure instanceof Error error) {
            throw error;
        }
        return failure instanceof RuntimeException exception ? exception : new LangChain4jException(failure);
    }

    /** Starts work. An exception that it throws instead of failing its future fails the returned future. */
    public static <T> CompletableFuture<T> start(Supplier<CompletableFuture<T>> work) {
        try {
            return work.get();
        } catch (RuntimeException | Error e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** Runs an action when the future is complete; the action must not throw. */
    public static <T> void onCompletion(
            CompletableFuture<T> future, BiConsumer<? super T, ? super @Nullable Throwable> action) {
        CompletableFuture<T> unused = future.whenComplete(action);
    }

    /** Completes {@code target} as {@code source} completes, with the unwrapped failure. */
    public static <T> void forward(CompletableFuture<? extends T> source, CompletableFuture<T> target) {
        onCompletion(source, (result, failure) -> {
            if (failure == null) {
                target.complete(result);
            } else {
                target.completeExceptionally(cause(failure));
            }
        });
    }

    /** Maps the result of a call. Cancelling the returned future cancels the call. */
    public static <T, R> CompletableFuture<R> map(CompletableFuture<T> call, Function<? super T, ? extends R> mapping) {
        CompletableFuture<R> result = call.thenApply(mapping);
        cancelWith(result, call);
        return result;
    }

    /** Cancels {@code work} as soon as {@code wanted} is complete. Work that is complete by then is not affected. */
    public static void cancelWith(CompletableFuture<?> wanted, Future<?> work) {
        onCompletion(wanted, (result, failure) -> work.cancel(true));
    }
}
