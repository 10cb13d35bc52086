package dev.langchain4j.rerank.api;

import dev.langchain4j.rerank.api.protocol.Limits;
import java.util.ArrayList;
import java.util.List;

/** Splits a list of documents into requests within the limits of a service, in order, each as full as possible. */
final class RequestPlan {

    /** Bytes per token: real texts have at least two, so the estimate is too high rather than too low. */
    private static final int BYTES_PER_TOKEN = 2;

    /** Reserve for everything in a request besides its texts: names, the model, parameters. */
    private static final int REQUEST_BYTES = 2048;

    /** Reserve for the characters around a document: quotes, a comma, braces and a name. */
    private static final int DOCUMENT_BYTES = 32;

    private RequestPlan() {}

    /**
     * The documents of one request.
     *
     * @param first index of its first document in the whole list
     * @param documents its documents
     */
    record Part(int first, List<String> documents) {}

    /**
     * Returns the parts, whose documents in sequence are the whole list. A document that exceeds a limit alone gets its
     * own request: the service truncates or refuses it.
     */
    static List<Part> split(String query, List<String> documents, Limits limits) {
        boolean counted = limits.tokens() != Long.MAX_VALUE || limits.bytes() != Long.MAX_VALUE;
        long queryBytes = counted ? jsonBytes(query) : 0;
        List<Part> parts = new ArrayList<>();
        int first = 0;
        long tokens = 0;
        long bytes = REQUEST_BYTES + queryBytes;
        for (int i = 0; i < documents.size(); i++) {
            long documentBytes = counted ? jsonBytes(documents.get(i)) : 0;
            long documentTokens = tokens(queryBytes) + tokens(documentBytes);
            boolean full = i - first >= limits.documents()
                    || tokens + documentTokens > limits.tokens()
                    || bytes + documentBytes + DOCUMENT_BYTES > limits.bytes();
            if (full && i > first) {
                parts.add(new Part(first, documents.subList(first, i)));
                first = i;
                tokens = 0;
                bytes = REQUEST_BYTES + queryBytes;
            }
            tokens += documentTokens;
            bytes += documentBytes + DOCUMENT_BYTES;
        }
        parts.add(new Part(first, documents.subList(first, documents.size())));
        return parts;
    }

    private static long tokens(long bytes) {
        return bytes / BYTES_PER_TOKEN + 1;
    }

    /** Returns the length of a text as a JSON string in UTF-8, without its quotes. */
    private static long jsonBytes(String text) {
        long bytes = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ') {
                bytes += 6; // \u0000 at worst
            } else if (c == '"' || c == '\\' || (c >= 0x80 && c < 0x800) || Character.isSurrogate(c)) {
                bytes += 2; // a surrogate is half of four bytes
            } else {
                bytes += c < 0x80 ? 1 : 3;
            }
        }
        return bytes;
    }
}
