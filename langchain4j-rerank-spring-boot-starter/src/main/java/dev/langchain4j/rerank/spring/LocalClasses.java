package dev.langchain4j.rerank.spring;

import dev.langchain4j.rerank.spring.RerankProperties.Kind;
import dev.langchain4j.rerank.spring.RerankProperties.Local;
import dev.langchain4j.rerank.spring.RerankProperties.Preset;
import org.springframework.util.ClassUtils;

/** Checks which classes of local models are on the class path. */
final class LocalClasses {

    private static final String MODEL = "dev.langchain4j.rerank.local.CrossEncoderScoringModel";
    private static final String JAR_MODEL =
            "dev.langchain4j.rerank.local.msmarcominilml12v2q.MsMarcoMiniLmL12V2QuantizedScoringModel";

    private LocalClasses() {}

    /** Returns whether the jar with a model is on the class path. */
    static boolean haveJarModel(ClassLoader classes) {
        return ClassUtils.isPresent(JAR_MODEL, classes);
    }

    /** Returns whether the properties select the jar's model: by its preset, or because they name no other model. */
    static boolean jarModel(Local local) {
        return local.preset() == Preset.MS_MARCO_MINILM_L12_V2_Q
                || (!local.configured() && local.kind() == Kind.CROSS_ENCODER);
    }

    /** Throws an exception if the classes of the selected model are missing. */
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
                "%s configures a local model, but %s is not on the class path".formatted(Local.PREFIX, artifact),
                "Add the dependency dev.langchain4j:" + artifact,
                null);
    }
}
