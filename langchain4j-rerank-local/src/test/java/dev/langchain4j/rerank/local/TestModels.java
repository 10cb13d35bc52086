package dev.langchain4j.rerank.local;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.langchain4j.model.scoring.ScoringModel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The tiny models that tools/reference-models made. */
public final class TestModels {

    /** Those with a reference by Python. */
    static final List<String> FAMILIES =
            List.of("bert", "bert-two-class", "roberta", "xlm-roberta", "distilbert", "deberta-v2", "modernbert");

    private static final ObjectMapper JSON =
            new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    private TestModels() {}

    public static Path directory(String name) {
        try {
            return Path.of(Objects.requireNonNull(TestModels.class.getResource("/models/" + name), name)
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    public static CrossEncoderScoringModel.Builder builder(String name) {
        return CrossEncoderScoringModel.builder().modelPath(directory(name));
    }

    /** All that have a reference by Python and a file for each engine, of every kind. */
    static Stream<String> all() {
        return Stream.concat(FAMILIES.stream(), Stream.of("colbert", "colbert-modernbert", "qwen3", "bge-gemma"));
    }

    /** Opens one of {@link #all()} as what it is, and closes it. */
    static void with(String name, Engine engine, Consumer<ScoringModel> use) throws Exception {
        LocalModelBuilder<?, ?> builder = switch (name) {
            case "colbert", "colbert-modernbert" -> ColbertScoringModel.builder();
            case "qwen3" -> GenerativeScoringModel.qwen3();
            case "bge-gemma" -> GenerativeScoringModel.bgeGemma();
            default -> CrossEncoderScoringModel.builder().activation(Activation.NONE);
        };
        ScoringModel model = builder.modelPath(directory(name)).engine(engine).build();
        try {
            use.accept(model);
        } finally {
            ((AutoCloseable) model).close();
        }
    }

    /** PyTorch's native library comes for one platform only. */
    static boolean onPlatformOfPyTorch() {
        return System.getProperty("os.name").equals("Linux")
                && System.getProperty("os.arch").equals("amd64");
    }

    static List<ReferencePair> reference(String name) {
        return reference(name, "reference.json");
    }

    static List<ReferencePair> reference(String name, String file) {
        try {
            return List.of(JSON.readValue(directory(name).resolve(file).toFile(), ReferencePair[].class));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * What Python answers for a pair; of one with half a character, what it answers for the replacement character.
     *
     * @param ids of transformers
     * @param logits one, or one a class
     * @param byDefault of sentence-transformers; null where it would cut the pair in another way
     * @param pymilvus of the rerank function that PyMilvus has for the family, if it has one
     * @param score of the original, for other models than cross-encoders
     * @param refused for a pair with half a character, the exception of each original that was asked for it
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
            @Nullable Double score,
            @Nullable Map<String, String> refused) {}
}
