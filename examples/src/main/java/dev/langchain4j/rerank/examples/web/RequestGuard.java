package dev.langchain4j.rerank.examples.web;

import com.sun.net.httpserver.Filter;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The checks of every request. Another site could direct a visitor's browser to this server, by its own host name that
 * resolves to 127.0.0.1 or by a cross-site request; both are refused.
 */
final class RequestGuard extends Filter {

    private static final Logger LOG = LoggerFactory.getLogger(RequestGuard.class);
    private static final String POLICY =
            "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'";
    private static final Set<String> OWN_SITE = Set.of("same-origin", "none");

    private final String method;

    /**
     * Creates a guard.
     *
     * @param method the accepted method
     */
    RequestGuard(String method) {
        this.method = method;
    }

    @Override
    public String description() {
        return "accepts requests from its own page only";
    }

    @Override
    public void doFilter(HttpExchange exchange, Chain chain) throws IOException {
        try (exchange) {
            Headers headers = exchange.getResponseHeaders();
            headers.set("Content-Security-Policy", POLICY);
            headers.set("X-Content-Type-Options", "nosniff");
            headers.set("Referrer-Policy", "no-referrer");
            headers.set("Cache-Control", "no-store");
            if (!ownHost(exchange) || !ownSite(exchange)) {
                Json.refuse(
                        exchange,
                        403,
                        "this server accepts requests from its own page only: open it at 127.0.0.1 or localhost");
            } else if (!exchange.getRequestMethod().equals(method)) {
                headers.set("Allow", method);
                Json.refuse(exchange, 405, "only " + method + " is allowed here");
            } else {
                answer(exchange, chain);
            }
        }
    }

    private static void answer(HttpExchange exchange, Chain chain) throws IOException {
        try {
            chain.doFilter(exchange);
        } catch (IllegalArgumentException e) {
            Json.refuse(exchange, 400, String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            LOG.warn("{} failed", exchange.getRequestURI().getPath(), e);
            Json.refuse(exchange, 500, "the request failed: see the terminal for the reason");
        }
    }

    private static boolean ownHost(HttpExchange exchange) {
        int port = exchange.getLocalAddress().getPort();
        String host = exchange.getRequestHeaders().getFirst("Host");
        return List.of("127.0.0.1:" + port, "localhost:" + port).contains(host == null ? "" : host);
    }

    /** Returns whether a request comes from the page: browsers send its origin, other programs need not. */
    private static boolean ownSite(HttpExchange exchange) {
        @Nullable String site = exchange.getRequestHeaders().getFirst("Sec-Fetch-Site");
        return site == null || OWN_SITE.contains(site) || topLevelNavigation(exchange);
    }

    /** A link to the page is harmless, whichever site contains it. */
    private static boolean topLevelNavigation(HttpExchange exchange) {
        return exchange.getRequestURI().getPath().equals("/")
                && "navigate".equals(exchange.getRequestHeaders().getFirst("Sec-Fetch-Mode"));
    }
}
