package dev.langchain4j.rerank.local.internal.hub;

import java.net.http.HttpResponse;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A file as the hub describes it.
 *
 * @param size in bytes; null if it is only known when the download starts
 */
record HubFile(String name, HubChecksum checksum, @Nullable Long size) {

    /** Reads the headers of {@code HEAD .../resolve/<commit>/<name>}. */
    static HubFile read(String name, String commit, HttpResponse<?> response) throws HubProtocolException {
        if (!response.headers().firstValue("X-Repo-Commit").orElse(commit).equals(commit)) {
            throw new HubProtocolException("it answers with another commit than the one asked for");
        }
        return new HubFile(name, checksum(response), size(response));
    }

    private static HubChecksum checksum(HttpResponse<?> response) throws HubProtocolException {
        String etag = response.headers()
                .firstValue("X-Linked-Etag")
                .or(() -> response.headers().firstValue("ETag"))
                .orElse("");
        try {
            return HubChecksum.ofETag(etag);
        } catch (IllegalArgumentException e) {
            throw new HubProtocolException("its ETag is neither a SHA-256 nor a git object id");
        }
    }

    private static @Nullable Long size(HttpResponse<?> response) throws HubProtocolException {
        try {
            OptionalLong size = response.headers().firstValueAsLong("X-Linked-Size");
            // a redirect has a length of its own
            if (size.isEmpty() && response.statusCode() / 100 == 2) {
                size = response.headers().firstValueAsLong("Content-Length");
            }
            return size.isPresent() ? size.getAsLong() : null;
        } catch (NumberFormatException e) {
            throw new HubProtocolException("the size that it states is not a number");
        }
    }
}
