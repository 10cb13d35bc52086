package dev.langchain4j.rerank.local.internal.hub;

import dev.langchain4j.rerank.InvalidOptionException;
import java.util.regex.Pattern;

/** An access token of the hub; a separate type so that no message or log shows it by accident. */
record HubToken(String value) {

    private static final Pattern PRINTABLE = Pattern.compile("[\\x21-\\x7e]+");

    HubToken {
        // checked here, because the message of HttpClient would show the token
        if (!PRINTABLE.matcher(value).matches()) {
            throw new InvalidOptionException(
                    "hubToken",
                    "hubToken must be printable ASCII without spaces, and is empty or has other characters: check hubToken or the environment variable HF_TOKEN");
        }
    }

    String bearer() {
        return "Bearer " + value;
    }

    @Override
    public String toString() {
        return "HubToken[hidden]";
    }
}
