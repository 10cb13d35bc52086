package dev.langchain4j.rerank.report;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packagesOf = RankingReport.class, importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule shows_rankings_and_evaluations_and_knows_no_model = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "dev.langchain4j.rerank",
                    "dev.langchain4j.rerank.internal",
                    "dev.langchain4j.rerank.evaluation",
                    "dev.langchain4j.rerank.report",
                    "dev.langchain4j.data..",
                    "dev.langchain4j.rag.content..",
                    "java..",
                    "org.jspecify..");
}
