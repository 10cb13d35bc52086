package dev.langchain4j.rerank.it;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import dev.langchain4j.Internal;
import dev.langchain4j.rerank.testkit.ProjectDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Only their own modules use internal packages; those of core are used by all published modules except the starter.
 */
class InternalPackagesTest {

    private static JavaClasses all;

    @BeforeAll
    static void import_the_main_classes_of_all_modules_that_are_built() throws IOException {
        try (Stream<Path> folders = Files.walk(ProjectDirectory.root(), 2)) {
            List<Path> modules = folders.map(folder -> folder.resolve("target/classes"))
                    .filter(Files::isDirectory)
                    .toList();
            all = new ClassFileImporter().importPaths(modules);
        }
        assertThat(all.containPackage("dev.langchain4j.rerank.local")).isTrue();
    }

    @Test
    void local() {
        noClasses()
                .that()
                .resideOutsideOfPackages("dev.langchain4j.rerank.local", "dev.langchain4j.rerank.local.internal..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.langchain4j.rerank.local.internal..")
                .check(all);
    }

    @Test
    void api() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.langchain4j.rerank.api..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.langchain4j.rerank.api.internal..")
                .check(all);
    }

    @Test
    void core() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "dev.langchain4j.rerank.spring..",
                        "dev.langchain4j.rerank.examples..",
                        "dev.langchain4j.rerank.benchmarks..",
                        "dev.langchain4j.rerank.testkit..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.langchain4j.rerank.internal..")
                .check(all);
    }

    @Test
    void each_is_marked() {
        ArchRule marked = classes()
                .that()
                .resideInAPackage("dev.langchain4j.rerank..internal..")
                .and()
                .haveSimpleName("package-info")
                .should()
                .beAnnotatedWith(Internal.class);

        marked.check(all);
    }
}
