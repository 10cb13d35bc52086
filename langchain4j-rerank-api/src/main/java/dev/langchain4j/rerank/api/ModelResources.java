package dev.langchain4j.rerank.api;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP client and the timer of one model, released together.
 *
 * @param owned whether the client belongs to the model; a client of the user stays open
 */
record ModelResources(OkHttpClient client, boolean owned, ScheduledExecutorService timer) {

    /** Creates a timer, and a client unless the user passed one. */
    static ModelResources with(@Nullable OkHttpClient lent) {
        return lent == null
                ? new ModelResources(newClient(), true, newTimer())
                : new ModelResources(lent, false, newTimer());
    }

    /** Ends the threads, and closes the connections of the model's own client. */
    void release() {
        timer.shutdownNow();
        if (owned) {
            client.dispatcher().executorService().shutdown();
            client.connectionPool().evictAll();
        }
    }

    /** Allows as many concurrent requests per host as in total: a model has one host. */
    private static OkHttpClient newClient() {
        ExecutorService threads = Executors.newCachedThreadPool(daemons("rerank-api-http"));
        Dispatcher dispatcher = new Dispatcher(threads);
        dispatcher.setMaxRequestsPerHost(dispatcher.getMaxRequests());
        return new OkHttpClient.Builder().dispatcher(dispatcher).build();
    }

    /** Creates a timer of one thread, which starts attempts, never blocks, and ends when nothing is scheduled. */
    private static ScheduledThreadPoolExecutor newTimer() {
        ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, daemons("rerank-api-timer"));
        timer.setRemoveOnCancelPolicy(true);
        timer.setKeepAliveTime(10, TimeUnit.SECONDS);
        timer.allowCoreThreadTimeOut(true);
        return timer;
    }

    private static ThreadFactory daemons(String name) {
        return task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        };
    }
}
