package dev.langchain4j.rerank.local.internal.hub;

import java.io.IOException;

/** The server violates the protocol of a hub; a retry would not help. */
final class HubProtocolException extends IOException {

    private static final long serialVersionUID = 1L;

    HubProtocolException(String message) {
        super(message);
    }
}
