package dev.langchain4j.rerank.api;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

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
    static final ArchRule the_factories_are_the_only_opened_type_of_the_providers = classes()
            .that()
            .resideInAPackage("dev.langchain4j.rerank.api.internal..")
            .and()
            .doNotHaveSimpleName("Protocols")
            .should()
            .notBePublic();

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
}
