package dev.langchain4j.rerank.spring;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.langchain4j.rerank.spring", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    /**
     * Packages that Boot 3.5 and 4.x have in common. Everything specific to one version is named by a string or
     * isolated in its own class.
     */
    @ArchTest
    static final ArchRule knows_only_what_every_boot_has = noClasses()
            .that()
            .haveNameNotMatching(".*\\.(HealthConfiguration|KeyConfiguration)(\\$.*)?")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.springframework.boot.actuate..", "org.springframework.boot.health..");

    @ArchTest
    static final ArchRule one_class_knows_local_models_which_need_not_be_there = noClasses()
            .that()
            .doNotHaveSimpleName("LocalModels")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.langchain4j.rerank.local..");

    @ArchTest
    static final ArchRule knows_no_internals =
            noClasses().should().dependOnClassesThat().resideInAPackage("dev.langchain4j.internal..");
}
