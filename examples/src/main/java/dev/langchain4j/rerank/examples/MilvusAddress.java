package dev.langchain4j.rerank.examples;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;

/**
 * Where Milvus is expected. Its client retries a lost connection for minutes, so the examples ask for a connection
 * first: a quarter of a millisecond on one machine.
 *
 * @param uri for instance {@code http://127.0.0.1:19530}
 */
public record MilvusAddress(String uri) {

    private static final int DEFAULT_PORT = 19530;
    private static final int TIMEOUT_MILLIS = 1_000;

    /** Whether something listens there. */
    public boolean answers() {
        URI address = URI.create(uri);
        int port = address.getPort() > 0 ? address.getPort() : DEFAULT_PORT;
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(address.getHost(), port), TIMEOUT_MILLIS);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Makes sure that something listens there.
     *
     * @throws NoAnswerException if nothing does
     */
    public void requireAnswer() {
        if (!answers()) {
            throw new NoAnswerException(uri);
        }
    }

    /** Milvus is not there, or not there any more. */
    public static final class NoAnswerException extends IllegalStateException {

        private static final long serialVersionUID = 1;

        NoAnswerException(String uri) {
            super("Milvus does not answer at " + uri + ": start it, or set MILVUS_URI to one that runs, and ask again");
        }
    }
}
