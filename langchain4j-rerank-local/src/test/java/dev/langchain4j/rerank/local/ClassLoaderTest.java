package dev.langchain4j.rerank.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** As when a web application is taken down: engines stay with the server, this module's classes go. */
@Timeout(60)
class ClassLoaderTest {

    @Test
    void the_classes_of_a_closed_model_can_be_unloaded() throws Exception {
        ReferenceQueue<ClassLoader> unloaded = new ReferenceQueue<>();
        WeakReference<ClassLoader> application = new WeakReference<>(useAndClose(), unloaded);

        while (unloaded.poll() == null) {
            System.gc();
            Thread.onSpinWait();
        }

        assertThat(application.get()).isNull();
    }

    private static ClassLoader useAndClose() throws ReflectiveOperationException, IOException {
        URL classes = CrossEncoderScoringModel.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation();
        try (ModuleFirst application = new ModuleFirst(classes)) {
            Class<?> type = application.loadClass(CrossEncoderScoringModel.class.getName());
            assertThat(type.getClassLoader()).isSameAs(application);
            Object builder = type.getMethod("builder").invoke(null);
            builder.getClass().getMethod("modelPath", Path.class).invoke(builder, TestModels.directory("bert"));
            Object model = builder.getClass().getMethod("build").invoke(builder);
            type.getMethod("score", String.class, String.class).invoke(model, "a passage", "a query");
            type.getMethod("close").invoke(model);
            return application;
        }
    }

    /** Loads this module's classes itself and everything else from the parent. */
    private static final class ModuleFirst extends URLClassLoader {

        private ModuleFirst(URL classes) {
            super(new URL[] {classes}, ClassLoaderTest.class.getClassLoader());
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
