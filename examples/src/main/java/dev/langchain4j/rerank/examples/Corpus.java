package dev.langchain4j.rerank.examples;

import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.embedding.onnx.allminilml6v2q.AllMiniLmL6V2QuantizedEmbeddingModel;
import dev.langchain4j.rerank.testkit.MilvusServer;
import io.milvus.param.IndexType;
import io.milvus.param.MetricType;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The passages that a chat answers from: the user's documents if {@code ./demo ingest} has added some, otherwise those
 * of the example.
 *
 * @param description for display
 * @param questions example questions
 * @param server the Milvus with the passages
 */
public record Corpus(String description, List<String> questions, KnowledgeBase knowledge, MilvusServer server)
        implements AutoCloseable {

    /** Starts Milvus and, for the example, embeds its passages. */
    public static Corpus open(Consumer<String> progress) {
        Documents documents = Documents.in(System.getenv());
        Map<String, DocumentIndex.Entry> files = documents.index().entries();
        EmbeddingModel embeddingModel = new AllMiniLmL6V2QuantizedEmbeddingModel();
        if (files.isEmpty()) {
            return opened(
                    MilvusServer.start(progress),
                    "the history of computing and AI, %d passages"
                            .formatted(ComputingHistory.passages().size()),
                    List.copyOf(ComputingHistory.questions().values()),
                    server -> {
                        progress.accept("Embedding the passages");
                        return KnowledgeBase.ingest(
                                new MilvusAddress(server.uri()),
                                embeddingModel,
                                IndexType.FLAT,
                                MetricType.COSINE,
                                ComputingHistory.passages());
                    });
        }
        return opened(
                documents.server(progress),
                "your %d files, %d passages"
                        .formatted(
                                files.size(),
                                files.values().stream()
                                        .mapToInt(DocumentIndex.Entry::passages)
                                        .sum()),
                List.of(),
                server -> Documents.knowledge(server, embeddingModel));
    }

    private interface Opener {
        KnowledgeBase open(MilvusServer server);
    }

    private static Corpus opened(MilvusServer server, String description, List<String> questions, Opener opener) {
        try {
            return new Corpus(description, questions, opener.open(server), server);
        } catch (RuntimeException e) {
            server.close();
            throw e;
        }
    }

    @Override
    public void close() {
        knowledge.close();
        server.close();
    }
}
