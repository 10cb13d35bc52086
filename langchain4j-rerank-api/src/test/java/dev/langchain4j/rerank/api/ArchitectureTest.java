package dev.langchain4j.rerank.api;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.langchain4j.rerank.api", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule knows_no_sibling = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.langchain4j.rerank.local..", "dev.langchain4j.internal..");

    @ArchTest
    static final ArchRule the_spi_knows_nothing_of_the_engine = classes()
            .that()
            .resideInAPackage("dev.langchain4j.rerank.api.protocol")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "dev.langchain4j.rerank.api.protocol",
                    "dev.langchain4j.rerank",
                    "com.fasterxml.jackson..",
                    "java..",
                    "org.jspecify..");

    @ArchTest
    static final ArchRule providers_know_the_spi_and_no_http = classes()
            .that()
            .resideInAPackage("dev.langchain4j.rerank.api.internal.protocols")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "dev.langchain4j.rerank.api.internal.protocols",
                    "dev.langchain4j.rerank.api.protocol",
                    "dev.langchain4j.rerank",
                    "dev.langchain4j", // @Internal
                    "com.fasterxml.jackson..",
                    "java..",
                    "org.jspecify..");

    @ArchTest
    static final ArchRule packages_form_no_cycle =
            slices().matching("dev.langchain4j.rerank.(api..)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule only_the_executor_and_the_rate_limit_know_failsafe = noClasses()
            .that()
            .haveNameNotMatching(".*\\.(RequestExecutor|RateLimit|Clocks)(\\$.*)?")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.failsafe..");

    @ArchTest
    static final ArchRule only_signers_know_clouds = noClasses()
            .that()
            .haveSimpleNameNotEndingWith("Signer")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("software.amazon..", "com.google.auth..");

    @ArchTest
    static void these_types_are_public(JavaClasses classes) {
        assertThat(classes.stream()
                        .filter(ArchitectureTest::isPublic)
                        .filter(type -> !type.getPackageName().contains(".internal"))
                        .map(JavaClass::getName)
                        .map(name -> name.replace("dev.langchain4j.rerank.api.", "")))
                .containsExactlyInAnyOrder(
                        "ApiScoringModel",
                        "ApiScoringModel$Builder",
                        "BlankDocuments",
                        "UnusableAnswerException",
                        "protocol.ApiKeyScheme",
                        "protocol.ErrorDetails",
                        "protocol.ErrorKind",
                        "protocol.Limits",
                        "protocol.RerankProtocol",
                        "protocol.RerankProtocol$Request",
                        "protocol.RerankProtocol$Scored",
                        "protocol.Usage");
    }

    private static boolean isPublic(JavaClass type) {
        return type.getModifiers().contains(JavaModifier.PUBLIC)
                && type.getEnclosingClass().map(ArchitectureTest::isPublic).orElse(true);
    }
}
