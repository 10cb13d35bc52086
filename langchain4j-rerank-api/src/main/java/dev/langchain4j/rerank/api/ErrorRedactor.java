package dev.langchain4j.rerank.api;

import dev.langchain4j.rerank.api.protocol.ErrorDetails;
import dev.langchain4j.rerank.api.protocol.RerankProtocol.Request;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Withholds error messages that repeat the query or a document: exceptions and logs must not contain texts. */
final class ErrorRedactor {

    /** A common part of this many characters is not a coincidence. */
    private static final int STRETCH = 24;

    /** Shorter texts occur in messages by coincidence. */
    private static final int SHORTEST_SECRET = 4;

    private ErrorRedactor() {}

    /** Returns the same error without a message or code that repeats a text of the request. */
    static ErrorDetails withoutTexts(ErrorDetails error, Request request) {
        boolean repeats = Stream.concat(Stream.of(request.query()), request.documents().stream())
                .anyMatch(text -> repeats(error.message(), text) || repeats(error.code(), text));
        return repeats
                ? new ErrorDetails("its message is withheld, for it repeats the input", null, error.requestId())
                : error;
    }

    /** Returns whether a field contains a long part of a text, or all of it if the text is short. */
    private static boolean repeats(@Nullable String field, String text) {
        if (field == null) {
            return false;
        }
        String line = text.replaceAll("\\p{Cntrl}+", " ").strip();
        if (line.length() <= STRETCH) {
            return line.length() >= SHORTEST_SECRET && field.contains(line);
        }
        for (int start = 0; start + STRETCH <= field.length(); start++) {
            if (line.contains(field.substring(start, start + STRETCH))) {
                return true;
            }
        }
        return false;
    }
}
