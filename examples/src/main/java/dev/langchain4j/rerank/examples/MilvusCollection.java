package dev.langchain4j.rerank.examples;

import io.milvus.v2.client.ConnectConfig;
import io.milvus.v2.client.MilvusClientV2;
import io.milvus.v2.service.collection.request.CreateCollectionReq.FieldSchema;
import io.milvus.v2.service.collection.request.DescribeCollectionReq;
import io.milvus.v2.service.collection.request.DropCollectionReq;
import io.milvus.v2.service.collection.request.HasCollectionReq;
import java.util.Objects;
import java.util.function.Function;

/** What an embedding store does not tell about its collection. */
record MilvusCollection(MilvusAddress milvus, String name) {

    static MilvusCollection of(MilvusAddress milvus, String name) {
        return new MilvusCollection(milvus, name);
    }

    /**
     * Milvus refuses vectors of another length only when it is searched, and says little then: look first.
     *
     * @throws IllegalStateException if the collection is there with another dimension; says what to do
     */
    void requireDimension(int dimension) {
        int found = connected(client -> exists(client) ? dimension(client) : dimension);
        if (found != dimension) {
            throw new IllegalStateException(
                    "collection %s at %s holds vectors of %d dimensions, but the embedding model makes %d: forget them with ./demo ingest --clear and ingest your files again"
                            .formatted(name, milvus.uri(), found, dimension));
        }
    }

    /** Removes it, if it is there. */
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
