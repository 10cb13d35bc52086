package dev.langchain4j.rerank.examples;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;

/**
 * The address of a Milvus server. Its client retries a lost connection for minutes, so the examples first try to
 * connect, which takes a quarter of a millisecond on the same machine.
 *
 * @param uri for instance {@code http://127.0.0.1:19530}
 */
public record MilvusAddress(String uri) {

    private static final int DEFAULT_PORT = 19530;
    private static final int TIMEOUT_MILLIS = 1_000;

    /** Returns whether a server accepts connections at the address. */
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
     * Checks that a server accepts connections at the address.
     *
     * @throws NoAnswerException if none does
     */
    public void requireAnswer() {
        if (!answers()) {
            throw new NoAnswerException(uri);
        }
    }

    /** Thrown if Milvus does not, or no longer, accept connections. */
    public static final class NoAnswerException extends IllegalStateException {

        private static final long serialVersionUID = 1;

        NoAnswerException(String uri) {
            super("Milvus does not respond at " + uri
                    + ": start it, or set MILVUS_URI to a running one, and ask again");
        }
    }
}
