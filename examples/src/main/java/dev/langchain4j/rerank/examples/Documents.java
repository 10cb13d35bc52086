package dev.langchain4j.rerank.examples;

import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.rerank.testkit.MilvusServer;
import dev.langchain4j.rerank.testkit.ProjectDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The user's own documents, in a persistent Milvus collection with an index file beside it. All files kept in the
 * checkout are in {@code .demo}, which git ignores.
 */
final class Documents {

    private static final String COLLECTION = "rerank_demo_documents";

    private static final String INDEX = "documents.json";

    private final Path folder;

    private Documents(Path folder) {
        this.folder = folder;
    }

    /** Returns the documents in the Milvus of the environment, or in Milvus Lite. */
    static Documents in(Map<String, String> environment) {
        return new Documents(folder(environment));
    }

    private static Path folder(Map<String, String> environment) {
        String uri = environment.getOrDefault("MILVUS_URI", "");
        return root(environment)
                .resolve(
                        uri.isBlank()
                                ? "milvus-lite"
                                : URI.create(uri).getAuthority().replace(':', '_'));
    }

    /**
     * Returns the folder of the files that outlive the demo: {@code RERANK_DEMO_HOME}, otherwise {@code .demo} in the
     * checkout.
     */
    static Path root(Map<String, String> environment) {
        String home = environment.getOrDefault("RERANK_DEMO_HOME", "");
        return home.isBlank() ? ProjectDirectory.root().resolve(".demo") : Path.of(home);
    }

    DocumentIndex index() {
        return DocumentIndex.read(folder.resolve(INDEX));
    }

    /**
     * Starts the Milvus that contains the documents.
     *
     * @throws IllegalStateException if another program uses it
     */
    MilvusServer server(Consumer<String> progress) {
        try {
            Files.createDirectories(folder);
            return MilvusServer.keeping(folder.resolve("data"), progress);
        } catch (IOException e) {
            throw new UncheckedIOException("the folder for your documents cannot be created", e);
        } catch (IllegalStateException e) {
            if (String.valueOf(e.getMessage()).contains("DataDirLocked")) {
                throw new IllegalStateException(
                        "your documents are in use: stop the other ./demo that answers from them, then try again", e);
            }
            throw e;
        }
    }

    /** Removes the documents, including vectors of another embedding model. */
    void drop(MilvusServer server) {
        try {
            MilvusCollection.of(new MilvusAddress(server.uri()), COLLECTION).drop();
            Files.deleteIfExists(folder.resolve(INDEX));
        } catch (IOException e) {
            throw new UncheckedIOException("the index of your documents cannot be deleted", e);
        }
    }

    static KnowledgeBase knowledge(MilvusServer server, EmbeddingModel embeddingModel) {
        return KnowledgeBase.open(new MilvusAddress(server.uri()), embeddingModel, COLLECTION);
    }
}
