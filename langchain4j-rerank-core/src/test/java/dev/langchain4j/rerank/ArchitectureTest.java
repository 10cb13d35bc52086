package dev.langchain4j.rerank;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.langchain4j.rerank", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule knows_no_model = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "dev.langchain4j.rerank.local..",
                    "dev.langchain4j.rerank.api..",
                    "ai.djl..",
                    "ai.onnxruntime..",
                    "okhttp3..");

    @ArchTest
    static final ArchRule uses_nothing_that_langchain4j_keeps_to_itself =
            noClasses().should().dependOnClassesThat().resideInAPackage("dev.langchain4j.internal..");

    @ArchTest
    static final ArchRule only_the_observability_package_knows_micrometer_and_opentelemetry = noClasses()
            .that()
            .resideOutsideOfPackage("dev.langchain4j.rerank.observability")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.micrometer..", "io.opentelemetry..");

    @ArchTest
    static final ArchRule rerank_knows_none_of_the_other_packages = classes()
            .that()
            .resideInAPackage("dev.langchain4j.rerank")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "dev.langchain4j.rerank",
                    "dev.langchain4j.rerank.internal",
                    "dev.langchain4j.data..",
                    "dev.langchain4j.exception..",
                    "dev.langchain4j.model..",
                    "dev.langchain4j.rag..",
                    "dev.langchain4j.store.embedding..",
                    "java..",
                    "org.jspecify..",
                    "org.slf4j..");

    /** The internal package is shared by all packages and made of their public types, so it is not a slice. */
    @ArchTest
    static final ArchRule packages_form_no_cycle = slices().matching("dev.langchain4j.(rerank..)")
            .should()
            .beFreeOfCycles()
            .ignoreDependency(alwaysTrue(), resideInAPackage("dev.langchain4j.rerank.internal"));
}
