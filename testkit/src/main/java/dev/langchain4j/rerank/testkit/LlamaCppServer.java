package dev.langchain4j.rerank.testkit;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * The rerank server of llama.cpp as a child process on 127.0.0.1, serving the cross-encoder ms-marco-MiniLM-L-12-v2
 * behind an API key. It accepts {@code documents} on {@code /v1/rerank} in the format of Cohere and Jina, and {@code
 * texts} on {@code /rerank} in the format of Text Embeddings Inference. A query with one document may be up to 512
 * tokens long.
 *
 * <p>The server ends with this JVM, however the JVM ends. Thread-safe.
 *
 * <p>Its scores differ from those of the model: llama.cpp does not distinguish query and document ({@code
 * token_type_ids} are all zero). The best document is the same in clear cases.
 */
public final class LlamaCppServer implements AutoCloseable {

    static final String VERSION = "2026.10.11549";
    private static final List<String> PACKAGES = List.of("xllamacpp==" + VERSION, "gguf==0.19.0", "onnx==1.23.2");
    private static final Pattern ADDRESS = Pattern.compile("^listening on (http://\\S+)$", Pattern.MULTILINE);

    private final String apiKey;
    private final ServerProcess process;
    private final String uri;

    private LlamaCppServer(String apiKey, ServerProcess process, String uri) {
        this.apiKey = apiKey;
        this.process = process;
        this.uri = uri;
    }

    /**
     * Starts a server on a free port. Takes less than a second, or up to two minutes if it must first be installed and
     * its model converted.
     *
     * @param progress receives a line before each long step
     * @throws IllegalStateException if it cannot be installed or does not start; the message gives the reason
     */
    public static LlamaCppServer start(Consumer<String> progress) {
        PythonEnvironment python = PythonEnvironment.of("llama-cpp-" + VERSION, PACKAGES, progress);
        Path weights = ProjectDirectory.root().resolve("langchain4j-rerank-ms-marco-minilm-l12-v2-q/.model");
        Path model = python.file("ms-marco.gguf", "ms_marco_gguf.py", List.of(weights.toString()), progress);
        String apiKey = UUID.randomUUID().toString();
        progress.accept("Starting llama.cpp on 127.0.0.1");
        ServerProcess process = ServerProcess.start(
                "llama.cpp " + VERSION,
                python.command("llama_cpp_server.py", List.of(model.toString(), apiKey)),
                output -> address(output).isPresent());
        return new LlamaCppServer(apiKey, process, address(process.output()).orElseThrow());
    }

    private static Optional<String> address(String output) {
        return ADDRESS.matcher(output).results().map(line -> line.group(1)).findFirst();
    }

    /**
     * Starts a server for a test. If that is not possible, skips the calling test with a message, or fails it if the
     * environment variable {@code RERANK_REQUIRE_DATA} is {@code true}.
     */
    public static LlamaCppServer require() {
        try {
            return start(line -> {});
        } catch (IllegalStateException e) {
            throw ReferenceData.absent("no llama.cpp server: " + e.getMessage());
        }
    }

    /** Returns its URL, for instance {@code http://127.0.0.1:43210}. */
    public String uri() {
        return uri;
    }

    /** Returns the key that it requires, a different one for each server. */
    public String apiKey() {
        return apiKey;
    }

    /** Kills the server, even in the middle of a request. */
    public void kill() {
        process.kill();
    }

    /** Stops the server. May be called twice, and after {@link #kill()}. */
    @Override
    public void close() {
        process.stop();
    }

    long pid() {
        return process.pid();
    }
}
