package dev.langchain4j.rerank.local.internal.hub;

import dev.langchain4j.exception.ModelNotFoundException;
import dev.langchain4j.exception.RetriableException;
import dev.langchain4j.rerank.internal.Futures;
import dev.langchain4j.rerank.local.HubDownloadListener;
import dev.langchain4j.rerank.local.HubDownloadProgress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Models by name: downloads the files of a model from the Hugging Face hub into the cache, or finds them there.
 *
 * <p>A branch or tag costs one request to resolve it; a commit whose files are in the cache costs none. If the hub
 * cannot be reached, the cached files of the revision are used, with a warning.
 */
final class Hub {

    private static final Logger LOG = LoggerFactory.getLogger(Hub.class);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final HubSettings settings;
    private final HubDownloadListener listener;
    private final HubRetry retry;
    private final Duration patience;

    Hub(HubSettings settings, HubDownloadListener listener) {
        this(settings, listener, new HubRetry(), PATIENCE);
    }

    Hub(HubSettings settings, HubDownloadListener listener, HubRetry retry, Duration patience) {
        this.settings = settings;
        this.listener = listener;
        this.retry = retry;
        this.patience = patience;
    }

    /**
     * Returns the model's files, complete and checked.
     *
     * @throws ModelNotFoundException if there is no such model or revision, if it lacks a file that the engine needs,
     *     or, offline, if a file is not in the cache
     * @throws dev.langchain4j.exception.AuthenticationException if the model is private or gated
     * @throws RetriableException if the hub cannot be reached and the cache does not have the model
     * @throws UncheckedIOException if the disk fails
     * @throws CancellationException if the thread is interrupted; its interrupt flag stays set
     */
    HubSnapshot snapshot(HubModel model, HubFileChoice choice) {
        HubCache cache = new HubCache(settings, model);
        try {
            if (settings.offline()) {
                return offline(cache, model, choice);
            }
            if (model.pinned() && settled(cache, model.revision(), choice)) {
                return open(cache, model, model.revision(), choice);
            }
            return online(cache, model, choice);
        } catch (InterruptedException e) {
            throw Futures.interrupted("downloading %s; the next download resumes it".formatted(model), e);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "the cache " + settings.cache() + " failed for " + model + ": " + e.getMessage(), e);
        }
    }

    private HubSnapshot offline(HubCache cache, HubModel model, HubFileChoice choice) throws IOException {
        HubSnapshot kept = kept(cache, model, choice);
        if (kept == null) {
            throw new ModelNotFoundException("offline, and " + model + " is not in the cache: looked for "
                    + lookedFor(cache, model, choice) + "; download it once without offline(true) and HF_HUB_OFFLINE,"
                    + " or set cacheDirectory to where it is");
        }
        return kept;
    }

    private static String lookedFor(HubCache cache, HubModel model, HubFileChoice choice) throws IOException {
        String commit = cache.commit(model);
        if (commit == null) {
            return cache.ref(model.revision()).toString();
        }
        Path snapshot = cache.snapshot(commit);
        return choice.missing(cache.names(commit)).stream()
                .map(name -> snapshot.resolve(name).toString())
                .collect(Collectors.joining(" or "));
    }

    /** Returns the cached files of the revision; null if they are not sufficient. */
    private static @Nullable HubSnapshot kept(HubCache cache, HubModel model, HubFileChoice choice) throws IOException {
        String commit = cache.commit(model);
        if (commit == null || !choice.missing(cache.names(commit)).isEmpty()) {
            return null;
        }
        Set<String> unknown = unknown(cache, commit, choice);
        if (!unknown.isEmpty()) {
            LOG.warn("{} is used without {}: not in the cache, but perhaps on the hub", model, unknown);
        }
        return open(cache, model, commit, choice);
    }

    /** Returns whether a request for a commit cannot change the result. */
    private static boolean settled(HubCache cache, String commit, HubFileChoice choice) throws IOException {
        return choice.missing(cache.names(commit)).isEmpty()
                && unknown(cache, commit, choice).isEmpty();
    }

    private static Set<String> unknown(HubCache cache, String commit, HubFileChoice choice) throws IOException {
        Set<String> unknown = choice.relyingOnAbsence(cache.names(commit));
        unknown.removeAll(cache.absences(commit));
        return unknown;
    }

    private HubSnapshot online(HubCache cache, HubModel model, HubFileChoice choice)
            throws IOException, InterruptedException {
        HubClient client = new HubClient(settings, retry, patience);
        HubListing listing;
        try {
            listing = client.listing(model);
        } catch (RetriableException e) {
            HubSnapshot kept = kept(cache, model, choice);
            if (kept == null) {
                throw e;
            }
            LOG.warn("{}; going on with {}", e.getMessage(), kept.directory());
            return kept;
        }
        requireAll(model, listing, choice);
        for (String name : choice.files(listing.files())) {
            fetch(client, cache, model, listing.commit(), name);
        }
        remember(cache, model, listing, choice);
        return open(cache, model, listing.commit(), choice);
    }

    private static void requireAll(HubModel model, HubListing listing, HubFileChoice choice) {
        List<String> missing = choice.missing(listing.files());
        if (missing.isEmpty()) {
            return;
        }
        if (missing.equals(List.of(ModelFiles.TOKENIZER))) {
            throw new ModelNotFoundException(model + " has no " + ModelFiles.TOKENIZER
                    + ": save its fast tokenizer with transformers, put it beside the network and use modelPath");
        }
        List<String> networks = listing.files().stream()
                .filter(name -> name.endsWith(".onnx") || name.endsWith(".pt"))
                .toList();
        throw new ModelNotFoundException(model + " has no " + String.join(" and no ", missing)
                + "; the networks that it has: " + networks
                + "; choose another variant or engine, or export the model and use modelPath");
    }

    private void fetch(HubClient client, HubCache cache, HubModel model, String commit, String name)
            throws IOException, InterruptedException {
        Path target = cache.snapshotFile(commit, name);
        if (Files.exists(target)) {
            return;
        }
        HubFile file = client.file(model, commit, name);
        try (HubBlob blob = cache.blob(file.checksum())) {
            if (!blob.exists(file.size())) {
                client.download(
                        model,
                        commit,
                        file,
                        blob.partial(),
                        (bytes, size) -> listener.onProgress(new HubDownloadProgress(model.id(), name, bytes, size)));
                blob.complete();
            }
            blob.showAs(target);
        }
    }

    /** Last, so that a branch or tag points to the new commit only when all its files are there. */
    private static void remember(HubCache cache, HubModel model, HubListing listing, HubFileChoice choice) {
        try {
            for (String name : choice.relyingOnAbsence(listing.files())) {
                cache.rememberAbsence(listing.commit(), name);
            }
            if (!model.pinned()) {
                cache.remember(model, listing.commit());
            }
        } catch (IOException e) {
            // a cache that had all the files may well be read-only
            LOG.debug("The cache is read-only, so the revision is not recorded", e);
        }
    }

    private static HubSnapshot open(HubCache cache, HubModel model, String commit, HubFileChoice choice)
            throws IOException {
        Set<String> names = cache.names(commit);
        Path snapshot = cache.snapshot(commit);
        for (String name : choice.files(names)) {
            cache.requireInside(snapshot.resolve(name));
        }
        HubSnapshot open = new HubSnapshot(model, snapshot, choice.network(names));
        LOG.debug("{} is {} in {}", model, open.network(), snapshot);
        return open;
    }
}
