package dev.langchain4j.rerank.local;

/**
 * The progress of one file of a model.
 *
 * @param modelName the model's name on the hub
 * @param file the file's name in the model, with slashes
 * @param bytes number of bytes on disk, those of earlier runs included
 * @param totalBytes size of the file in bytes
 */
public record HubDownloadProgress(String modelName, String file, long bytes, long totalBytes) {

    /** Returns whether the file is complete and has the checksum that the hub states. */
    public boolean complete() {
        return bytes == totalBytes;
    }
}
