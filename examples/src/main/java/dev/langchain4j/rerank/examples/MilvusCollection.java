package dev.langchain4j.rerank.examples;

import io.milvus.v2.client.ConnectConfig;
import io.milvus.v2.client.MilvusClientV2;
import io.milvus.v2.service.collection.request.CreateCollectionReq.FieldSchema;
import io.milvus.v2.service.collection.request.DescribeCollectionReq;
import io.milvus.v2.service.collection.request.DropCollectionReq;
import io.milvus.v2.service.collection.request.HasCollectionReq;
import java.util.Objects;
import java.util.function.Function;

/** The properties of a collection that an embedding store does not expose. */
record MilvusCollection(MilvusAddress milvus, String name) {

    static MilvusCollection of(MilvusAddress milvus, String name) {
        return new MilvusCollection(milvus, name);
    }

    /**
     * Checks the dimension: Milvus refuses vectors of another length only when it is searched, and with an unclear
     * message.
     *
     * @throws IllegalStateException if the collection exists with another dimension; the message names the remedy
     */
    void requireDimension(int dimension) {
        int found = connected(client -> exists(client) ? dimension(client) : dimension);
        if (found != dimension) {
            throw new IllegalStateException(
                    "collection %s at %s contains vectors of %d dimensions, but the embedding model returns %d: remove them with ./demo ingest --clear and ingest your files again"
                            .formatted(name, milvus.uri(), found, dimension));
        }
    }

    /** Removes the collection if it exists. */
    void drop() {
        boolean unused = connected(client -> {
            boolean exists = exists(client);
            if (exists) {
                client.dropCollection(
                        DropCollectionReq.builder().collectionName(name).build());
            }
            return exists;
        });
    }

    private boolean exists(MilvusClientV2 client) {
        return client.hasCollection(
                HasCollectionReq.builder().collectionName(name).build());
    }

    private int dimension(MilvusClientV2 client) {
        return client
                .describeCollection(
                        DescribeCollectionReq.builder().collectionName(name).build())
                .getCollectionSchema()
                .getFieldSchemaList()
                .stream()
                .map(FieldSchema::getDimension)
                .filter(Objects::nonNull)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("collection %s has no vectors".formatted(name)));
    }

    private <T> T connected(Function<MilvusClientV2, T> call) {
        MilvusClientV2 client =
                new MilvusClientV2(ConnectConfig.builder().uri(milvus.uri()).build());
        try {
            return call.apply(client);
        } finally {
            client.close();
        }
    }
}
