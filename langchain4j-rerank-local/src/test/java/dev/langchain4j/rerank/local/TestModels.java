package dev.langchain4j.rerank.local;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The tiny models that tools/reference-models made. */
final class TestModels {

    /** Those with a reference by Python. */
    static final List<String> FAMILIES =
            List.of("bert", "bert-two-class", "roberta", "xlm-roberta", "distilbert", "deberta-v2", "modernbert");

    private static final ObjectMapper JSON =
            new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    private TestModels() {}

    static Path directory(String name) {
        try {
            return Path.of(Objects.requireNonNull(TestModels.class.getResource("/models/" + name), name)
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    static CrossEncoderScoringModel.Builder builder(String name) {
        return CrossEncoderScoringModel.builder().modelPath(directory(name));
    }

    /** PyTorch's native library comes for one platform only. */
    static boolean onPlatformOfPyTorch() {
        return System.getProperty("os.name").equals("Linux")
                && System.getProperty("os.arch").equals("amd64");
    }

    static List<ReferencePair> reference(String name) {
        try {
            return List.of(
                    JSON.readValue(directory(name).resolve("reference.json").toFile(), ReferencePair[].class));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * What Python answers for a pair.
     *
     * @param ids of transformers
     * @param logits one, or one a class
     * @param byDefault of sentence-transformers; null where it would cut the pair in another way
     * @param pymilvus of the rerank function that PyMilvus has for the family, if it has one
     * @param score of the original, for other models than cross-encoders
     */
    @SuppressWarnings("ArrayRecordComponent") // read from JSON, never compared
    record ReferencePair(
            String query,
            String passage,
            int[] ids,
            int[] types,
            boolean truncated,
            double[] logits,
            @JsonProperty("default") double @Nullable [] byDefault,
            @Nullable Double pymilvus,
            @Nullable Double score) {}
}
