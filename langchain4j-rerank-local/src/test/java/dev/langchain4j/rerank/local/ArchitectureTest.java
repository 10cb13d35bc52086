package dev.langchain4j.rerank.local;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
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

    @ArchTest
    static void these_types_are_public(JavaClasses classes) {
        assertThat(classes.stream()
                        .filter(ArchitectureTest::isPublic)
                        .map(JavaClass::getName)
                        .map(name -> name.replace("dev.langchain4j.rerank.local.", "")))
                .containsExactlyInAnyOrder(
                        "Activation",
                        "ColbertScoringModel",
                        "ColbertScoringModel$Builder",
                        "CrossEncoderScoringModel",
                        "CrossEncoderScoringModel$Builder",
                        "Engine",
                        "GenerativeScoringModel",
                        "GenerativeScoringModel$Builder",
                        "HubDownloadListener",
                        "HubDownloadProgress",
                        "LocalModelBuilder",
                        "LocalModelException",
                        "LocalScoringModel",
                        "OnnxVariant",
                        "RelevancePrompt");
    }

    private static boolean isPublic(JavaClass type) {
        return type.getModifiers().contains(JavaModifier.PUBLIC)
                && type.getEnclosingClass().map(ArchitectureTest::isPublic).orElse(true);
    }
}
