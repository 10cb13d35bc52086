package dev.langchain4j.rerank.local.internal.hub;

import java.util.regex.Pattern;

/** An access token of the hub; a type of its own so that no message or log shows it by accident. */
record HubToken(String value) {

    private static final Pattern PRINTABLE = Pattern.compile("[\\x21-\\x7e]+");

    HubToken {
        // checked before HttpClient does, whose message would show the token
        if (!PRINTABLE.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "the hub token must be printable ASCII without spaces; it is empty or has other characters");
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
