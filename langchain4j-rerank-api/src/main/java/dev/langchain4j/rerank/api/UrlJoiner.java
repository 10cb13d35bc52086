package dev.langchain4j.rerank.api;

import dev.langchain4j.rerank.InvalidOptionException;
import java.net.URI;
import java.util.List;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/** Joins the base URL of the user and the default URL of the protocol. */
final class UrlJoiner {

    private static final String VERSION = "v\\d+";

    private UrlJoiner() {}

    /**
     * Returns the URL of all requests.
     *
     * @param defaultUrl a URL, or a path alone
     * @param baseUrl replaces the host of the default; null keeps it
     * @throws InvalidOptionException if one of them is not an http URL with a host
     */
    static HttpUrl of(String defaultUrl, @Nullable String baseUrl) {
        if (baseUrl == null) {
            return parse("protocol", "defaultUrl", defaultUrl);
        }
        HttpUrl base = parse("baseUrl", baseUrl);
        HttpUrl target = parse(
                "protocol",
                "defaultUrl",
                URI.create("http://localhost").resolve(defaultUrl).toString());
        List<String> given = base.pathSegments().stream()
                .filter(segment -> !segment.isEmpty())
                .toList();
        List<String> path = target.encodedPathSegments();
        HttpUrl.Builder url = base.newBuilder();
        url.encodedPath("/");
        given.forEach(url::addPathSegment);
        path.subList(overlap(given, path), path.size()).forEach(url::addEncodedPathSegment);
        return url.encodedQuery(base.query() == null ? target.encodedQuery() : base.encodedQuery())
                .build();
    }

    /**
     * Returns the URL of an option.
     *
     * @throws InvalidOptionException if it is not a URL; the message omits the value, which may contain a secret
     */
    static HttpUrl parse(String option, String url) {
        return parse(option, option, url);
    }

    private static HttpUrl parse(String option, String subject, String url) {
        HttpUrl parsed = HttpUrl.parse(url);
        if (parsed == null) {
            throw new InvalidOptionException(option, subject + " must begin with http:// or https:// and have a host");
        }
        return parsed;
    }

    /**
     * Returns the number of segments of the path that the given address already contains: all, a common middle, or its
     * own version.
     */
    private static int overlap(List<String> given, List<String> path) {
        if (given.isEmpty()) {
            return 0;
        }
        String last = given.get(given.size() - 1);
        if (last.equals(path.get(path.size() - 1))) {
            return path.size();
        }
        for (int common = Math.min(given.size(), path.size()); common > 0; common--) {
            if (given.subList(given.size() - common, given.size()).equals(path.subList(0, common))) {
                return common;
            }
        }
        return last.matches(VERSION) && path.get(0).matches(VERSION) ? 1 : 0;
    }
}
