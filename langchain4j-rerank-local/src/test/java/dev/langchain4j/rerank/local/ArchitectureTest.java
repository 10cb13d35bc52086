package dev.langchain4j.rerank.local;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.langchain4j.rerank.local", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule knows_no_sibling = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.langchain4j.rerank.api..", "dev.langchain4j.internal..");

    @ArchTest
    static final ArchRule only_the_backends_know_tensors = noClasses()
            .that()
            .haveSimpleNameNotEndingWith("Backend")
            .should()
            .dependOnClassesThat(resideInAPackage("ai.onnxruntime..")
                    .or(resideInAPackage("ai.djl.ndarray.."))
                    .or(simpleName("Predictor")));

    @ArchTest
    static final ArchRule only_the_tokenizers_and_the_template_know_djl_tokenizers = noClasses()
            .that()
            .haveNameNotMatching(".*\\.((Text|Pair)Tokenizer|PairTemplate)(\\$.*)?")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("ai.djl.huggingface..");
}
