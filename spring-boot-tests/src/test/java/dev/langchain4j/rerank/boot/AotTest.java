package dev.langchain4j.rerank.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.rerank.boot.plain.PlainApplication;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplicationAotProcessor;

/** The processing of {@code spring-boot:process-aot} at build time, before a native image is built. */
class AotTest {

    /** A class with a main method that the processor calls; not the main class of an application itself. */
    static final class Main {

        private Main() {}

        public static void main(String[] arguments) {
            org.springframework.boot.SpringApplication.run(PlainApplication.class, arguments);
        }
    }

    @AfterEach
    void forget() {
        System.clearProperty("spring.aot.processing");
    }

    @Test
    void the_generated_code_of_an_application_compiles(@TempDir Path directory) throws Exception {
        // when
        SpringApplicationAotProcessor.main(new String[] {
            Main.class.getName(),
            directory.resolve("sources").toString(),
            directory.resolve("resources").toString(),
            directory.resolve("classes").toString(),
            "group",
            "artifact",
            "--langchain4j.rerank.api.cohere.api-key=secret",
            "--spring.main.web-application-type=none"
        });
        // then
        List<Path> sources;
        try (Stream<Path> files = Files.walk(directory.resolve("sources"))) {
            sources = files.filter(file -> file.toString().endsWith(".java")).toList();
        }
        assertThat(sources)
                .anyMatch(file ->
                        file.endsWith("dev/langchain4j/rerank/spring/RerankAutoConfiguration__BeanDefinitions.java"));
        for (Path source : sources) {
            assertThat(source).content().doesNotContain("secret");
        }
        assertThat(compile(sources, directory.resolve("classes"))).isEmpty();
    }

    private static String compile(List<Path> sources, Path classes) throws IOException {
        JavaCompiler compiler = Objects.requireNonNull(ToolProvider.getSystemJavaCompiler(), "tests run on a JDK");
        StringWriter problems = new StringWriter();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            List<String> options = List.of(
                    "-nowarn",
                    "-proc:none",
                    "-d",
                    classes.toString(),
                    "-classpath",
                    classes + System.getProperty("path.separator") + System.getProperty("java.class.path"));
            boolean compiled = compiler.getTask(
                            problems, files, null, options, null, files.getJavaFileObjectsFromPaths(sources))
                    .call();
            return compiled ? "" : problems.toString();
        }
    }
}
