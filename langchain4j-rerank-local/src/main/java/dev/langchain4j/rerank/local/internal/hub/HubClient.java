package dev.langchain4j.rerank.local.internal.hub;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * The read part of the hub's protocol. Failures are LangChain4j's exceptions: a {@link
 * dev.langchain4j.exception.RetriableException} after several attempts at a transient failure, a {@link
 * dev.langchain4j.exception.NonRetriableException} at once for a permanent one.
 */
final class HubClient {

    // some 100,000 files
    private static final long MAX_LISTING_BYTES = 16L << 20;

    private final URI endpoint;
    private final HubHttp http;
    private final HubRetry retry;
    private final HubExceptions errors;

    HubClient(HubSettings settings, HubRetry retry, Duration patience) {
        this.endpoint = settings.endpoint();
        this.http = new HubHttp(endpoint, settings.token(), patience);
        this.retry = retry;
        this.errors = new HubExceptions(endpoint, settings.token() != null);
    }

    /** Returns the files of the model at its revision. */
    HubListing listing(HubModel model) throws InterruptedException {
        return ask(model, "the list of files", () -> 0, () -> {
            InMemorySink body = new InMemorySink(MAX_LISTING_BYTES);
            http.get(model.listing(endpoint), 0, body);
            return HubListing.read(body.bytes());
        });
    }

    /** Returns size and checksum of a file. */
    HubFile file(HubModel model, String commit, String name) throws InterruptedException {
        URI uri = model.file(endpoint, commit, name);
        return ask(model, name, () -> 0, () -> HubFile.read(name, commit, http.head(uri)));
    }

    /** Downloads a file into {@code partial} and checks it; resumes an earlier download. */
    void download(HubModel model, String commit, HubFile file, Path partial, HubDownload.Progress progress)
            throws InterruptedException {
        URI uri = model.file(endpoint, commit, file.name());
        HubDownload download = new HubDownload(http, uri, file, partial, progress);
        ask(model, file.name(), download::length, download::attempt);
    }

    private <T> T ask(HubModel model, String what, LongSupplier received, HubRetry.Attempt<T> attempt)
            throws InterruptedException {
        try {
            return retry.call(attempt, received);
        } catch (IOException e) {
            throw errors.of(model, what, e);
        }
    }
}
