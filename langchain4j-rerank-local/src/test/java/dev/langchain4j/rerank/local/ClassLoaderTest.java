package dev.langchain4j.rerank.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.onnxruntime.OrtEnvironment;
import dev.langchain4j.model.scoring.ScoringModel;
import java.io.IOException;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** As when a web application is taken down: engines stay with the server, this module's classes go. */
@Timeout(60)
class ClassLoaderTest {

    /** ONNX Runtime's shutdown hook holds on to the classes of whoever asks for its environment first. */
    @BeforeAll
    static void the_server_has_its_engine() {
        OrtEnvironment.getEnvironment();
    }

    @ParameterizedTest
    @CsvSource({
        "CrossEncoderScoringModel, builder, bert, ONNX_RUNTIME",
        "CrossEncoderScoringModel, builder, bert, PYTORCH",
        "ColbertScoringModel, builder, colbert, ONNX_RUNTIME",
        "ColbertScoringModel, builder, colbert, PYTORCH",
        "GenerativeScoringModel, qwen3, qwen3, ONNX_RUNTIME",
    })
    void the_classes_of_a_closed_model_can_be_unloaded(String type, String factory, String directory, Engine engine)
            throws Exception {
        assumeTrue(
                engine == Engine.ONNX_RUNTIME || TestModels.onPlatformOfPyTorch(),
                "PyTorch is on the test class path for linux-x86_64 only");
        ReferenceQueue<ClassLoader> unloaded = new ReferenceQueue<>();
        WeakReference<ClassLoader> application =
                new WeakReference<>(useAndClose(type, factory, directory, engine), unloaded);

        do {
            System.gc();
        } while (unloaded.remove(100) == null); // heeds the interrupt of the time limit

        assertThat(application.get()).isNull();
    }

    private static ClassLoader useAndClose(String type, String factory, String directory, Engine engine)
            throws ReflectiveOperationException, IOException {
        URL classes = CrossEncoderScoringModel.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation();
        try (ModuleFirst application = new ModuleFirst(classes)) {
            Class<?> model = application.load(type);
            Class<?> engines = application.load(Engine.class.getSimpleName());
            assertThat(model.getClassLoader()).isSameAs(application);
            Object builder = model.getMethod(factory).invoke(null);
            Class<?> options = builder.getClass();
            options.getMethod("modelPath", Path.class).invoke(builder, TestModels.directory(directory));
            options.getMethod("engine", engines)
                    .invoke(builder, engines.getField(engine.name()).get(null));
            ScoringModel built = (ScoringModel) options.getMethod("build").invoke(builder);
            built.score("a passage", "a query");
            model.getMethod("close").invoke(built);
            return application;
        }
    }

    /** Loads this module's classes itself and everything else from the parent. */
    private static final class ModuleFirst extends URLClassLoader {

        private ModuleFirst(URL classes) {
            super(new URL[] {classes}, ClassLoaderTest.class.getClassLoader());
        }

        private Class<?> load(String simpleName) throws ClassNotFoundException {
            return loadClass(ClassLoaderTest.class.getPackageName() + '.' + simpleName);
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            synchronized (getClassLoadingLock(name)) {
                Class<?> loaded = findLoadedClass(name);
                if (loaded == null && name.startsWith("dev.langchain4j.rerank.local.")) {
                    loaded = findClass(name);
                }
                return loaded != null ? loaded : super.loadClass(name, resolve);
            }
        }
    }
}
