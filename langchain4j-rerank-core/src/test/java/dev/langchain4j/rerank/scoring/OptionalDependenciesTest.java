package dev.langchain4j.rerank.scoring;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.model.scoring.ScoringModel;
import java.io.File;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A class path without a library that is only optional. */
class OptionalDependenciesTest {

    @Test
    void a_cache_without_caffeine_says_what_to_add() throws Exception {
        try (URLClassLoader without = classPathWithout("caffeine")) {
            Class<?> type = without.loadClass(CachingScoringModel.class.getName());
            Object builder = type.getMethod("builder", scoringModel(without)).invoke(null, model(without));

            assertThatThrownBy(() -> build(builder))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("a cache needs Caffeine on the class path: add com.github.ben-manes.caffeine:caffeine");
        }
    }

    @Test
    void a_fallback_chain_without_resilience4j_says_what_to_add() throws Exception {
        try (URLClassLoader without = classPathWithout("resilience4j")) {
            Class<?> type = without.loadClass(FallbackScoringModel.class.getName());
            Object builder = type.getMethod("builder", String.class, scoringModel(without))
                    .invoke(null, "first", model(without));
            builder.getClass()
                    .getMethod("orElse", String.class, scoringModel(without))
                    .invoke(builder, "second", model(without));

            assertThatThrownBy(() -> build(builder))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("a fallback chain needs Resilience4j on the class path: add"
                            + " io.github.resilience4j:resilience4j-circuitbreaker");
        }
    }

    private static URLClassLoader classPathWithout(String library) {
        List<URL> urls = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !Path.of(entry).getFileName().toString().contains(library))
                .map(OptionalDependenciesTest::url)
                .toList();
        return new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
    }

    private static URL url(String entry) {
        try {
            return Path.of(entry).toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Class<?> scoringModel(ClassLoader loader) throws ClassNotFoundException {
        return loader.loadClass(ScoringModel.class.getName());
    }

    private static Object model(ClassLoader loader) throws ClassNotFoundException {
        return Proxy.newProxyInstance(
                loader, new Class<?>[] {scoringModel(loader)}, (proxy, method, arguments) -> null);
    }

    private static Object build(Object builder) throws Throwable {
        try {
            return builder.getClass().getMethod("build").invoke(builder);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
