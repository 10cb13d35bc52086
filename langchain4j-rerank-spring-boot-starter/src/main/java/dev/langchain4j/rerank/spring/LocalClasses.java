package dev.langchain4j.rerank.spring;

import dev.langchain4j.rerank.spring.RerankProperties.Kind;
import dev.langchain4j.rerank.spring.RerankProperties.Local;
import dev.langchain4j.rerank.spring.RerankProperties.Preset;
import org.springframework.util.ClassUtils;

/** What of a local model is on the class path, which need not be all. */
final class LocalClasses {

    private static final String MODEL = "dev.langchain4j.rerank.local.CrossEncoderScoringModel";
    private static final String JAR_MODEL =
            "dev.langchain4j.rerank.local.msmarcominilml12v2q.MsMarcoMiniLmL12V2QuantizedScoringModel";

    private LocalClasses() {}

    /** Whether the jar with a model is there. */
    static boolean haveJarModel(ClassLoader classes) {
        return ClassUtils.isPresent(JAR_MODEL, classes);
    }

    /** Whether the jar's model is meant: by name, or because nothing else is named. */
    static boolean jarModel(Local local) {
        return local.preset() == Preset.MS_MARCO_MINILM_L12_V2_Q
                || (!local.configured() && local.kind() == Kind.CROSS_ENCODER);
    }

    /** Refuses to go on without the classes that a model needs. */
    static void require(Local local, ClassLoader classes) {
        if (jarModel(local) && !haveJarModel(classes)) {
            throw missing("langchain4j-rerank-ms-marco-minilm-l12-v2-q");
        }
        if (!ClassUtils.isPresent(MODEL, classes)) {
            throw missing("langchain4j-rerank-local");
        }
    }

    private static RerankConfigurationException missing(String artifact) {
        return new RerankConfigurationException(
                "%s asks for a model in this process, and %s is not on the class path"
                        .formatted(Local.PREFIX, artifact),
                "Add the dependency dev.langchain4j:" + artifact,
                null);
    }
}
