package dev.langchain4j.rerank.api;

import dev.langchain4j.rerank.api.protocol.RerankProtocol.Request;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import okhttp3.Headers;
import okhttp3.HttpUrl;
import okio.ByteString;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The log of requests and responses, at debug level. Headers that are not known to be harmless are masked, the query of
 * a URL is omitted, and texts are counted instead of shown unless the user enables them.
 */
record RequestLog(String service, boolean requests, boolean responses, boolean documents) {

    private static final Logger LOG = LoggerFactory.getLogger(ApiScoringModel.class);
    private static final Set<String> HARMLESS = Set.of(
            "accept",
            "content-type",
            "content-length",
            "content-encoding",
            "date",
            "server",
            "retry-after",
            "retry-after-ms",
            "x-should-retry",
            "x-ratelimit-reset",
            "x-request-id",
            "x-amzn-requestid",
            "user-agent");

    void request(HttpUrl url, Headers headers, Request request, byte[] body, int attempt) {
        if (requests && LOG.isDebugEnabled()) {
            LOG.debug(
                    "{}: POST {}, attempt {}, {} documents, {} bytes, {}{}",
                    service,
                    address(url),
                    attempt,
                    request.documents().size(),
                    body.length,
                    masked(headers),
                    documents ? " " + new String(body, StandardCharsets.UTF_8) : "");
        }
    }

    void response(int status, Headers headers, ByteString body) {
        if (responses && LOG.isDebugEnabled()) {
            LOG.debug(
                    "{}: HTTP {}, {} bytes, {}{}",
                    service,
                    status,
                    body.size(),
                    masked(headers),
                    documents ? " " + body.utf8() : "");
        }
    }

    /** Returns the address of a URL, without the parts that may be secret. */
    static String address(HttpUrl url) {
        return url.newBuilder()
                .username("")
                .password("")
                .query(null)
                .fragment(null)
                .build()
                .toString();
    }

    private static String masked(Headers headers) {
        return StreamSupport.stream(headers.spliterator(), false)
                .map(header -> header.getFirst() + ": "
                        + (HARMLESS.contains(header.getFirst().toLowerCase(Locale.ROOT)) ? header.getSecond() : "***"))
                .collect(Collectors.joining(", ", "[", "]"));
    }
}
