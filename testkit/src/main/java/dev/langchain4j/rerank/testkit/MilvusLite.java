package dev.langchain4j.rerank.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The official Milvus Lite server as a child process on 127.0.0.1. It ends with this JVM, however the JVM ends, because
 * the server watches a pipe to the JVM. Not thread-safe.
 */
public final class MilvusLite implements AutoCloseable {

    static final String VERSION = "3.2.2";
    // Milvus Lite imports pymilvus without declaring it as a dependency.
    private static final List<String> PACKAGES = List.of("milvus-lite==" + VERSION, "pymilvus==3.0.2");

    private final PythonEnvironment environment;
    private final Path folder;
    private final boolean temporary;
    private final int port;
    private final Thread shutdownHook = new Thread(this::release, "milvus-lite-shutdown");
    private @Nullable ServerProcess process;

    private MilvusLite(PythonEnvironment environment, Path folder, boolean temporary, int port) {
        this.environment = environment;
        this.folder = folder;
        this.temporary = temporary;
        this.port = port;
    }

    /** Starts an empty server on a free port, and installs it first if necessary. */
    public static MilvusLite start(Consumer<String> progress) {
        return start(freePort(), progress);
    }

    /**
     * Starts an empty server.
     *
     * @param port port on 127.0.0.1
     * @param progress receives a line before each long step
     * @throws IllegalStateException if the port is taken or the server does not start; the message contains its output
     */
    public static MilvusLite start(int port, Consumer<String> progress) {
        try {
            return start(Files.createTempDirectory("milvus-lite"), true, port, progress);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot create a temporary folder for the data of Milvus Lite", e);
        }
    }

    /**
     * Starts a server on a free port with the data of an earlier one in the folder. Closing it does not delete the
     * data.
     *
     * @param folder used by one server at a time; created if it does not exist
     * @throws IllegalStateException if the server does not start; the message contains its output
     */
    public static MilvusLite keeping(Path folder, Consumer<String> progress) {
        try {
            return start(Files.createDirectories(folder), false, freePort(), progress);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot create the folder for the data of Milvus Lite", e);
        }
    }

    private static MilvusLite start(Path folder, boolean temporary, int port, Consumer<String> progress) {
        PythonEnvironment environment = PythonEnvironment.of("milvus-lite-" + VERSION, PACKAGES, progress);
        progress.accept("Starting Milvus Lite on 127.0.0.1:" + port);
        MilvusLite server = new MilvusLite(environment, folder, temporary, port);
        Runtime.getRuntime().addShutdownHook(server.shutdownHook);
        try {
            server.resume();
        } catch (IllegalStateException e) {
            server.close();
            throw e;
        }
        return server;
    }

    /** Returns its URL. */
    public String uri() {
        return "http://127.0.0.1:" + port;
    }

    /** Stops the process and keeps the data, to simulate an outage. */
    public void interrupt() {
        if (process != null) {
            process.stop();
            process = null;
        }
    }

    /** Starts the process again on the same port with the same data, to simulate the end of an outage. */
    public void resume() {
        if (process != null) {
            throw new IllegalStateException("Milvus Lite already runs on port " + port);
        }
        // Two servers on one port would both start, and each would get some of the calls.
        if (listening()) {
            throw new IllegalStateException("port %d on 127.0.0.1 is taken: choose another one".formatted(port));
        }
        List<String> arguments = List.of(
                "server",
                "--data-dir",
                folder.resolve("data").toString(),
                "--host",
                "127.0.0.1",
                "--port",
                Integer.toString(port));
        process = ServerProcess.start(
                "Milvus Lite " + VERSION + " on port " + port,
                environment.command("milvus_lite_server.py", arguments),
                output -> listening());
    }

    /** Stops the server and deletes its data, unless it was started with {@link #keeping}. May be called twice. */
    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(shutdownHook);
        } catch (IllegalStateException ignored) {
            // The JVM is shutting down: the hook releases the server.
        }
        release();
    }

    private void release() {
        interrupt();
        if (!temporary) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException | UncheckedIOException ignored) {
            // Best effort: the folder is in the system's temporary directory.
        }
    }

    private boolean listening() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 500);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException("no free port on 127.0.0.1", e);
        }
    }
}
