package dev.langchain4j.rerank.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.File;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Libraries that only some providers need are optional; whoever needs one is told which. */
class MissingLibraryTest {

    @ParameterizedTest
    @CsvSource({
        "bedrock, software.amazon.awssdk, software.amazon.awssdk:http-auth-aws and software.amazon.awssdk:auth",
        "vertex, com.google.auth, 'com.google.auth:google-auth-library-oauth2-http, or give accessToken(…)'",
    })
    void is_named_with_what_to_add(String factory, String packages, String artifacts) throws Exception {
        try (URLClassLoader without = without(packages)) {
            Class<?> models = without.loadClass(ApiScoringModel.class.getName());
            Object builder = models.getMethod(factory, String.class).invoke(null, "name");
            Method build = builder.getClass().getMethod("build");

            Throwable thrown = catchThrowable(() -> build.invoke(builder));

            assertThat(thrown).isExactlyInstanceOf(InvocationTargetException.class);
            assertThat(thrown.getCause())
                    .isExactlyInstanceOf(IllegalStateException.class)
                    .hasMessageStartingWith("no class " + packages.replace('.', '/'))
                    .hasMessageEndingWith(" on the class path; add " + artifacts);
        }
    }

    /** The class path of the tests, less some packages. */
    private static URLClassLoader without(String packages) throws MalformedURLException {
        List<URL> classPath = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            classPath.add(Path.of(entry).toUri().toURL());
        }
        return new URLClassLoader(classPath.toArray(URL[]::new), ClassLoader.getPlatformClassLoader()) {
            @Override
            protected Class<?> findClass(String name) throws ClassNotFoundException {
                if (name.startsWith(packages)) {
                    throw new ClassNotFoundException(name);
                }
                return super.findClass(name);
            }
        };
    }
}
