package dev.langchain4j.rerank.local;

/**
 * A listener that is notified of download progress. It is called for one model on one thread, the one that builds the
 * model, up to five times a second during the download of a file and once more when the file is complete and checked;
 * never for files that are in the cache. An exception that it throws ends the download, which the next one resumes.
 */
@FunctionalInterface
public interface HubDownloadListener {

    /** Called with the progress of a file. */
    void onProgress(HubDownloadProgress progress);
}
