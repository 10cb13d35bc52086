package dev.langchain4j.rerank.local;

/**
 * How far a file of a model has come.
 *
 * @param modelName the model's name on the hub
 * @param file the file's name in the model, with slashes
 * @param bytes how much of it is on disk, from earlier runs too
 * @param totalBytes how large it is
 */
public record HubDownloadProgress(String modelName, String file, long bytes, long totalBytes) {

    /** Whether the file is complete and has the checksum that the hub states. */
    public boolean complete() {
        return bytes == totalBytes;
    }
}
