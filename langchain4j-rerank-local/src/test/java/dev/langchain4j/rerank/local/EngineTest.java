package dev.langchain4j.rerank.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.langchain4j.rerank.InvalidOptionException;
import dev.langchain4j.rerank.local.internal.hub.ModelFiles;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a user reads whose class path lacks something: which artifact to add. */
class EngineTest {

    @ParameterizedTest
    @CsvSource({
        "ONNX_RUNTIME, ai.onnxruntime., com.microsoft.onnxruntime:onnxruntime",
        "PYTORCH, ai.djl.pytorch., ai.djl.pytorch:pytorch-engine"
    })
    void names_the_artifact_of_an_engine_that_is_not_on_the_class_path(String engine, String packages, String artifact)
            throws Exception {
        assertThat(failureWithout(engine, packages, "none"))
                .isEqualTo("%s is not on the class path; add %s", engine, artifact);
    }

    @Test
    void names_the_artifacts_of_a_native_library_that_is_not_on_the_class_path() throws Exception {
        assumeTrue(System.getenv("PYTORCH_LIBRARY_PATH") == null, "PYTORCH_LIBRARY_PATH names another one");

        assertThat(failureWithout("PYTORCH", "none", "native/lib/pytorch.properties"))
                .isEqualTo("no native library for PYTORCH on the class path; add ai.djl.pytorch:pytorch-native-cpu with"
                        + " the classifier of this platform, for instance linux-x86_64, and ai.djl.pytorch:pytorch-jni,"
                        + " or set PYTORCH_LIBRARY_PATH");
    }

    @ParameterizedTest
    @CsvSource({"ONNX_RUNTIME, model.onnx, 96 by 200", "PYTORCH, model.pt, The size of tensor a"})
    void says_why_a_run_failed(Engine engine, String file, String why) {
        assumeTrue(
                engine == Engine.ONNX_RUNTIME || TestModels.onPlatformOfPyTorch(),
                "PyTorch is on the test class path for linux-x86_64 only");
        Path directory = TestModels.directory("bert");
        TokenSequence tooLong = new TokenSequence(new int[200], new int[200], false); // for 96 positions
        try (InferenceBackend backend =
                engine.load(ModelFiles.in(directory), List.of(Device.CPU), ModelOutput.LOGITS)) {
            assertThatThrownBy(() -> backend.run(List.of(tooLong)))
                    .isInstanceOf(LocalModelException.class)
                    .hasMessageMatching("(ONNX Runtime|PyTorch) could not run \\Q%s\\E: .*%s.*\\s*"
                            .formatted(directory.resolve(file), why));
        }
    }

    private static String failureWithout(String engine, String packages, String resource)
            throws ReflectiveOperationException, IOException {
        URL classes = CrossEncoderScoringModel.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation();
        try (Lacking lacking = new Lacking(classes, packages, resource)) {
            Class<?> type = lacking.loadClass(CrossEncoderScoringModel.class.getName());
            Class<?> engines = lacking.loadClass(Engine.class.getName());
            Object builder = type.getMethod("builder").invoke(null);
            Class<?> options = builder.getClass();
            options.getMethod("modelPath", Path.class).invoke(builder, TestModels.directory("bert"));
            options.getMethod("engine", engines)
                    .invoke(builder, engines.getField(engine).get(null));
            options.getMethod("build").invoke(builder);
            return "no failure";
        } catch (InvocationTargetException e) {
            assertThat(e.getCause())
                    .isInstanceOfSatisfying(
                            InvalidOptionException.class,
                            refusal -> assertThat(refusal.option()).isEqualTo("engine"));
            return String.valueOf(e.getCause().getMessage());
        }
    }

    /** Loads this module's classes itself and everything else from the parent, less what is lacking. */
    private static final class Lacking extends URLClassLoader {

        private final String packages;
        private final String resource;

        private Lacking(URL classes, String packages, String resource) {
            super(new URL[] {classes}, EngineTest.class.getClassLoader());
            this.packages = packages;
            this.resource = resource;
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (name.startsWith(packages)) {
                throw new ClassNotFoundException(name);
            }
            synchronized (getClassLoadingLock(name)) {
                Class<?> loaded = findLoadedClass(name);
                if (loaded == null && name.startsWith("dev.langchain4j.rerank.local.")) {
                    loaded = findClass(name);
                }
                return loaded != null ? loaded : super.loadClass(name, resolve);
            }
        }

        @Override
        public URL getResource(String name) {
            return name.equals(resource) ? null : super.getResource(name);
        }
    }
}
