package dev.langchain4j.rerank.local.internal.hub;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * A hub on this machine that holds one model and speaks as huggingface.co does: small files are redirected to the same
 * server and named by git's object id, large ones to a store on another server and named by their SHA-256. Counts as
 * it hears, and misbehaves where a test tells it to.
 */
final class FakeHub implements AutoCloseable {

    static final String MODEL = "acme/tiny-reranker";
    static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";

    private static final String RESOLVE_CACHE = "/api/resolve-cache/models/" + MODEL + "/";

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer hub = server(this::answerAsHub);
    private final HttpServer store = server(this::answerAsStore);
    private final Map<String, Content> files = new TreeMap<>();
    private final Map<String, String> revisions = new TreeMap<>(Map.of("main", COMMIT));
    private final List<Heard> heard = new CopyOnWriteArrayList<>();
    private final List<Misdeed> misdeeds = new ArrayList<>();
    private @Nullable String token;

    /** A request, as it came in. */
    record Heard(
            String server,
            String method,
            String path,
            @Nullable String authorization,
            @Nullable String range) {}

    /** Another answer than the right one. */
    interface Misbehaviour {
        void answer(HttpExchange exchange, byte[] content) throws IOException;
    }

    private static final class Content {

        private final byte[] bytes;
        private final boolean large;

        Content(byte[] bytes, boolean large) {
            this.bytes = bytes;
            this.large = large;
        }

        String checksum() {
            return large ? sha256(bytes) : gitId(bytes);
        }
    }

    private record Misdeed(String method, String pathPart, Misbehaviour behaviour) {}

    String endpoint() {
        return "http://127.0.0.1:" + hub.getAddress().getPort();
    }

    String storeAuthority() {
        return "127.0.0.1:" + store.getAddress().getPort();
    }

    FakeHub small(String name, String content) {
        files.put(name, new Content(content.getBytes(StandardCharsets.UTF_8), false));
        return this;
    }

    FakeHub large(String name, byte[] content) {
        files.put(name, new Content(content, true));
        return this;
    }

    FakeHub without(String name) {
        files.remove(name);
        return this;
    }

    FakeHub revision(String name, String commit) {
        revisions.put(name, commit);
        return this;
    }

    /** From now on only who has the token may read. */
    FakeHub gatedBy(String token) {
        this.token = token;
        return this;
    }

    /** The next request of that kind is answered like this; several are used up in the order given. */
    FakeHub next(String method, String pathPart, Misbehaviour behaviour) {
        synchronized (misdeeds) {
            misdeeds.add(new Misdeed(method, pathPart, behaviour));
        }
        return this;
    }

    List<Heard> heard() {
        return List.copyOf(heard);
    }

    /** Requests of a method whose path holds the text. */
    List<Heard> heard(String method, String pathPart) {
        return heard.stream()
                .filter(request ->
                        request.method().equals(method) && request.path().contains(pathPart))
                .toList();
    }

    static String sha256(byte[] bytes) {
        return hex("SHA-256", bytes);
    }

    static String gitId(byte[] bytes) {
        byte[] header = ("blob " + bytes.length + "\0").getBytes(StandardCharsets.US_ASCII);
        byte[] all = Arrays.copyOf(header, header.length + bytes.length);
        System.arraycopy(bytes, 0, all, header.length, bytes.length);
        return hex("SHA-1", all);
    }

    private static String hex(String algorithm, byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    static Misbehaviour status(int status, String... headers) {
        return (exchange, content) -> {
            for (int i = 0; i < headers.length; i += 2) {
                exchange.getResponseHeaders().set(headers[i], headers[i + 1]);
            }
            exchange.sendResponseHeaders(status, -1);
        };
    }

    /** Announces everything, and closes the connection after so many bytes. */
    static Misbehaviour cutAfter(int bytes) {
        return (exchange, content) -> {
            byte[] wanted = wanted(exchange, content);
            sendHeaders(exchange, content, wanted.length);
            exchange.getResponseBody().write(wanted, 0, bytes);
            exchange.getResponseBody().flush();
        };
    }

    static Misbehaviour ignoreRange() {
        return (exchange, content) -> {
            exchange.sendResponseHeaders(200, content.length);
            exchange.getResponseBody().write(content);
        };
    }

    /** Other bytes, as many. */
    static Misbehaviour spoil() {
        return (exchange, content) -> serve(exchange, new byte[content.length]);
    }

    private void answerAsHub(HttpExchange exchange) throws IOException {
        hear("hub", exchange);
        String path = exchange.getRequestURI().getPath();
        String api = "/api/models/" + MODEL + "/revision/";
        String resolve = "/" + MODEL + "/resolve/";
        if (token != null
                && !("Bearer " + token).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            status(401, "X-Error-Code", "GatedRepo").answer(exchange, new byte[0]);
        } else if (path.startsWith(api)) {
            answerListing(exchange, path.substring(api.length()));
        } else if (path.startsWith(resolve)) {
            String rest = path.substring(resolve.length());
            answerFile(exchange, rest.substring(0, rest.indexOf('/')), rest.substring(rest.indexOf('/') + 1));
        } else if (path.startsWith(RESOLVE_CACHE)) {
            String rest = path.substring(RESOLVE_CACHE.length());
            answerSmallFile(exchange, rest.substring(0, rest.indexOf('/')), rest.substring(rest.indexOf('/') + 1));
        } else {
            status(404, "X-Error-Code", "RepoNotFound").answer(exchange, new byte[0]);
        }
    }

    private @Nullable String commit(String revision) {
        return revisions.containsValue(revision) ? revision : revisions.get(revision);
    }

    private void answerListing(HttpExchange exchange, String revision) throws IOException {
        String commit = commit(revision);
        if (commit == null) {
            status(404, "X-Error-Code", "RevisionNotFound").answer(exchange, new byte[0]);
            return;
        }
        ObjectNode json = new ObjectMapper().createObjectNode().put("id", MODEL).put("sha", commit);
        files.keySet().forEach(name -> json.withArray("siblings").addObject().put("rfilename", name));
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        answer(exchange, json.toString().getBytes(StandardCharsets.UTF_8));
    }

    private void answerFile(HttpExchange exchange, String revision, String name) throws IOException {
        String commit = commit(revision);
        Content file = files.get(name);
        if (commit == null || file == null) {
            String code = commit == null ? "RevisionNotFound" : "EntryNotFound";
            status(404, "X-Error-Code", code).answer(exchange, new byte[0]);
            return;
        }
        Headers headers = exchange.getResponseHeaders();
        headers.set("X-Repo-Commit", commit);
        headers.set("X-Linked-Size", String.valueOf(file.bytes.length));
        headers.set("X-Linked-Etag", '"' + file.checksum() + '"');
        if (file.large) {
            headers.set("Location", "http://" + storeAuthority() + "/store/" + name + "?Signature=secret-signature");
            answer(exchange, file.bytes, status(302));
        } else {
            headers.set("Location", RESOLVE_CACHE + commit + "/" + name);
            answer(exchange, file.bytes, status(307));
        }
    }

    private void answerSmallFile(HttpExchange exchange, String commit, String name) throws IOException {
        Content file = files.get(name);
        exchange.getResponseHeaders().set("X-Repo-Commit", commit);
        exchange.getResponseHeaders().set("ETag", '"' + file.checksum() + '"');
        answer(exchange, file.bytes);
    }

    private void answerAsStore(HttpExchange exchange) throws IOException {
        hear("store", exchange);
        answer(exchange, files.get(exchange.getRequestURI().getPath().substring("/store/".length())).bytes);
    }

    private void hear(String server, HttpExchange exchange) {
        heard.add(new Heard(
                server,
                exchange.getRequestMethod(),
                exchange.getRequestURI().getPath(),
                exchange.getRequestHeaders().getFirst("Authorization"),
                exchange.getRequestHeaders().getFirst("Range")));
    }

    private void answer(HttpExchange exchange, byte[] content) throws IOException {
        answer(exchange, content, FakeHub::serve);
    }

    private void answer(HttpExchange exchange, byte[] content, Misbehaviour otherwise) throws IOException {
        nextFor(exchange, otherwise).answer(exchange, content);
    }

    private Misbehaviour nextFor(HttpExchange exchange, Misbehaviour otherwise) {
        synchronized (misdeeds) {
            for (Misdeed misdeed : misdeeds) {
                if (misdeed.method().equals(exchange.getRequestMethod())
                        && exchange.getRequestURI().getPath().contains(misdeed.pathPart())) {
                    misdeeds.remove(misdeed);
                    return misdeed.behaviour();
                }
            }
            return otherwise;
        }
    }

    static void serve(HttpExchange exchange, byte[] content) throws IOException {
        byte[] wanted = wanted(exchange, content);
        if (wanted.length == 0 && content.length > 0) {
            exchange.getResponseHeaders().set("Content-Range", "bytes */" + content.length);
            exchange.sendResponseHeaders(416, -1);
            return;
        }
        sendHeaders(exchange, content, wanted.length);
        if (!exchange.getRequestMethod().equals("HEAD")) {
            exchange.getResponseBody().write(wanted);
        }
    }

    private static void sendHeaders(HttpExchange exchange, byte[] content, int length) throws IOException {
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.getResponseHeaders().set("Content-Length", String.valueOf(length));
            exchange.sendResponseHeaders(200, -1);
            return;
        }
        if (exchange.getRequestHeaders().containsKey("Range")) {
            int from = content.length - length;
            exchange.getResponseHeaders()
                    .set("Content-Range", "bytes " + from + "-" + (content.length - 1) + "/" + content.length);
        }
        // 0 would mean chunked
        exchange.sendResponseHeaders(
                exchange.getRequestHeaders().containsKey("Range") ? 206 : 200, length == 0 ? -1 : length);
    }

    private static byte[] wanted(HttpExchange exchange, byte[] content) {
        String range = exchange.getRequestHeaders().getFirst("Range");
        int from = range == null ? 0 : Integer.parseInt(range.replaceAll("bytes=(\\d+)-", "$1"));
        return Arrays.copyOfRange(content, Math.min(from, content.length), content.length);
    }

    private HttpServer server(HttpHandler handler) {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/", exchange -> {
                try (exchange) {
                    handler.handle(exchange);
                }
            });
            server.setExecutor(threads);
            server.start();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        hub.stop(0);
        store.stop(0);
        threads.shutdownNow();
    }
}
