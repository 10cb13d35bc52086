package dev.langchain4j.rerank.it;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.domain.PackageMatchers;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
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
 * Only the package that an internal package belongs to uses it; that of core is also used by all other published modules
 * except the starter. New modules and internal packages are checked without a change here.
 */
class InternalPackagesTest {

    private static final String CORE = "dev.langchain4j.rerank";

    private static final PackageMatchers USERS_OF_CORE = PackageMatchers.of(
            CORE + ".scoring",
            CORE + ".observability",
            CORE + ".evaluation",
            CORE + ".report",
            CORE + ".local..",
            CORE + ".api..");

    private static JavaClasses all;

    /** This module is the last to be built, so these are the classes of all modules unless only some were built. */
    @BeforeAll
    static void import_the_main_classes_of_all_modules_that_are_built() throws IOException {
        try (Stream<Path> folders = Files.walk(ProjectDirectory.root(), 2)) {
            List<Path> modules = folders.map(folder -> folder.resolve("target/classes"))
                    .filter(Files::isDirectory)
                    .toList();
            all = new ClassFileImporter().importPaths(modules);
        }
        assertThat(all.containPackage(CORE + ".local")).isTrue();
    }

    @Test
    void nobody_else_uses_an_internal_package() {
        classes().should(useNoInternalPackageOfOthers()).check(all);
    }

    @Test
    void each_is_marked() {
        Stream<JavaPackage> internal = all.stream()
                .filter(type -> isInternal(type.getPackageName()))
                .map(JavaClass::getPackage)
                .distinct();

        assertThat(internal).isNotEmpty().allMatch(found -> found.isAnnotatedWith(Internal.class));
    }

    private static ArchCondition<JavaClass> useNoInternalPackageOfOthers() {
        return new ArchCondition<>("use no internal package of others") {

            @Override
            public void check(JavaClass user, ConditionEvents events) {
                for (Dependency dependency : user.getDirectDependenciesFromSelf()) {
                    String used = dependency.getTargetClass().getPackageName();
                    if (isInternal(used) && !mayUse(user.getPackageName(), used)) {
                        events.add(SimpleConditionEvent.violated(dependency, dependency.getDescription()));
                    }
                }
            }
        };
    }

    private static boolean isInternal(String packageName) {
        return packageName.startsWith(CORE + ".") && (packageName + ".").contains(".internal.");
    }

    private static boolean mayUse(String user, String internal) {
        String owner = internal.substring(0, (internal + ".").indexOf(".internal."));
        boolean own = user.equals(owner) || (user + ".").startsWith(owner + ".internal.");
        return own || (owner.equals(CORE) && USERS_OF_CORE.test(user));
    }
}
