package dev.langchain4j.rerank.examples.web;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** The page and its requests, on 127.0.0.1. */
final class WebServer implements AutoCloseable {

    /** Threads for the questions being answered, one more to refuse further questions, and some for quick requests. */
    private static final int THREADS = AskHandler.AT_A_TIME + 4;

    private static final int STOP_SECONDS = 10;

    private final HttpServer server;
    private final ExecutorService workers = Executors.newFixedThreadPool(THREADS);
    private final ScheduledExecutorService heart = Executors.newSingleThreadScheduledExecutor();

    private WebServer(HttpServer server) {
        this.server = server;
        server.setExecutor(workers);
    }

    /**
     * Starts the server.
     *
     * @param port port on 127.0.0.1; 0 for any free one
     * @throws IllegalStateException if the port is taken
     */
    static WebServer start(int port, About about, Answering answering) {
        WebServer web = new WebServer(bound(port));
        List.of(
                        new StaticFile("/", "index.html", "text/html"),
                        new StaticFile("/app.js", "app.js", "text/javascript"),
                        new StaticFile("/app.css", "app.css", "text/css"))
                .forEach(file -> web.serve(file.path(), "GET", file));
        web.serve("/api/corpus", "GET", exchange -> Json.answer(exchange, about));
        web.serve("/api/ask", "GET", new AskHandler(answering, web.heart));
        web.serve("/api/report", "GET", new ReportHandler(answering));
        web.serve("/api/judge", "POST", new JudgeHandler());
        web.server.start();
        return web;
    }

    private static HttpServer bound(int port) {
        try {
            return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        } catch (BindException e) {
            throw new IllegalStateException(
                    "port %d on 127.0.0.1 is taken: choose another one, for instance ./demo web --port %d"
                            .formatted(port, port < 65_535 ? port + 1 : port - 1),
                    e);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot listen on 127.0.0.1:" + port, e);
        }
    }

    private void serve(String path, String method, HttpHandler handler) {
        server.createContext(path, handler).getFilters().add(new RequestGuard(method));
    }

    /** Returns the URL of the page. */
    URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    }

    /** Stops listening and interrupts running answers, so that nothing uses the models afterwards. */
    @Override
    public void close() {
        server.stop(0);
        heart.shutdownNow();
        workers.shutdownNow();
        boolean interrupted = Thread.interrupted();
        try {
            workers.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
