package dev.langchain4j.rerank.local;

/**
 * Hears how the download of a model comes along. Called for one model on one thread, the one that builds the model,
 * up to five times a second while a file comes and once more when it is complete and checked; not at all for files
 * that are in the cache. An exception that it throws ends the download, which the next one takes up where it ended.
 */
@FunctionalInterface
public interface HubDownloadListener {

    /** A file has come so far. */
    void onProgress(HubDownloadProgress progress);
}
