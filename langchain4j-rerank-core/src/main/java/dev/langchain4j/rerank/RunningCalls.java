package dev.langchain4j.rerank;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;

/** The running calls of one ranking, so that all can be stopped together. Thread-safe. */
final class RunningCalls {

    private final AtomicInteger numbers = new AtomicInteger();
    private final Map<Integer, Future<?>> running = new ConcurrentHashMap<>();
    private volatile boolean stopped;

    /** Adds a call; it is cancelled at once if the calls were stopped already. */
    <T> CompletableFuture<T> add(CompletableFuture<T> call) {
        int number = register(call);
        return call.whenComplete((result, problem) -> running.remove(number));
    }

    /** Runs calls on {@code executor}, so that stopping them interrupts their threads. */
    Executor interruptible(Executor executor) {
        return call -> {
            FutureTask<?> task = new FutureTask<>(call, null);
            int number = register(task);
            executor.execute(() -> {
                task.run();
                running.remove(number);
                if (task.isCancelled()) {
                    // the interrupt was meant for the call, not for the next task of the thread
                    Thread.interrupted();
                }
            });
        };
    }

    private int register(Future<?> call) {
        int number = numbers.getAndIncrement();
        running.put(number, call);
        if (stopped) {
            call.cancel(true);
        }
        return number;
    }

    /** Cancels all running calls, and every call that is added later. */
    void stop() {
        stopped = true;
        running.values().forEach(call -> call.cancel(true));
    }
}
