package dev.langchain4j.rerank.testkit;

import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.milvus.MilvusContainer;

/**
 * A Milvus server for tests and examples, chosen in this order:
 *
 * <ol>
 *   <li>the server in the environment variable {@code MILVUS_URI}, which is neither started nor stopped here,
 *   <li>a container, if a Docker engine is running,
 *   <li>Milvus Lite from pip, in a virtual environment inside the checkout, on 127.0.0.1.
 * </ol>
 *
 * A server that was started here is stopped by {@link #close()}, and at the latest when the JVM ends.
 */
public final class MilvusServer implements AutoCloseable {

    private static final String IMAGE = "milvusdb/milvus:v2.5.10";

    private final String uri;
    private final String description;
    private final Runnable stop;

    private MilvusServer(String uri, String description, Runnable stop) {
        this.uri = uri;
        this.description = description;
        this.stop = stop;
    }

    /**
     * Chooses a server and starts it if necessary: about a second for Milvus Lite, up to two minutes if it must first
     * be installed.
     *
     * @param progress receives a line before each long step
     * @throws IllegalStateException if none of the three ways works; the message names all three
     */
    public static MilvusServer start(Consumer<String> progress) {
        return start(System.getenv(), progress);
    }

    static MilvusServer start(Map<String, String> environment, Consumer<String> progress) {
        String uri = environment.get("MILVUS_URI");
        if (uri != null && !uri.isBlank()) {
            return new MilvusServer(uri, "the Milvus at " + uri + " (MILVUS_URI)", () -> {});
        }
        return DockerClientFactory.instance().isDockerAvailable()
                ? docker(progress)
                : lite(() -> MilvusLite.start(progress));
    }

    /**
     * Returns a server whose data are persistent: the one in {@code MILVUS_URI}, otherwise Milvus Lite. A container
     * would lose its data when it is removed.
     *
     * @param folder data folder of Milvus Lite, used by one server at a time
     * @throws IllegalStateException if neither works
     */
    public static MilvusServer keeping(Path folder, Consumer<String> progress) {
        String uri = System.getenv().getOrDefault("MILVUS_URI", "");
        return uri.isBlank() ? lite(() -> MilvusLite.keeping(folder, progress)) : start(progress);
    }

    private static MilvusServer docker(Consumer<String> progress) {
        progress.accept("Starting Milvus in Docker (" + IMAGE + ")");
        MilvusContainer container = new MilvusContainer(IMAGE);
        container.start();
        return new MilvusServer(container.getEndpoint(), "Milvus in Docker (" + IMAGE + ")", container::stop);
    }

    private static MilvusServer lite(Supplier<MilvusLite> starter) {
        try {
            MilvusLite lite = starter.get();
            return new MilvusServer(lite.uri(), "Milvus Lite " + MilvusLite.VERSION + " from pip", lite::close);
        } catch (IllegalStateException e) {
            throw new IllegalStateException(
                    "no Milvus is available. Either set MILVUS_URI=http://HOST:PORT, or start a Docker engine, or install "
                            + "Python 3.10 or later with pip for Milvus Lite, which failed with: " + e.getMessage(),
                    e);
        }
    }

    /** Returns its URL, for instance {@code http://127.0.0.1:19530}. */
    public String uri() {
        return uri;
    }

    /** Returns a description of this server. */
    public String description() {
        return description;
    }

    /** Stops the server if it was started here. */
    @Override
    public void close() {
        stop.run();
    }
}
