package dev.langchain4j.rerank.examples.web;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** A file of the page, read from the class path once. */
final class StaticFile implements HttpHandler {

    private final String path;
    private final String type;
    private final String content;

    /**
     * A file.
     *
     * @param path of its URL
     */
    StaticFile(String path, String name, String type) {
        this.path = path;
        this.type = type;
        try (InputStream file = Objects.requireNonNull(StaticFile.class.getResourceAsStream("/web/" + name), name)) {
            this.content = new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(name + " cannot be read from the class path", e);
        }
    }

    String path() {
        return path;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        // a context also handles all paths below its own
        if (exchange.getRequestURI().getPath().equals(path)) {
            Responses.send(exchange, 200, type, content);
        } else {
            Json.refuse(exchange, 404, "not found: the page is at /");
        }
    }
}
