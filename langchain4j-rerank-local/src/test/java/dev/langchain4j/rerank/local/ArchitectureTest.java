package dev.langchain4j.rerank.local;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.langchain4j.rerank.local.internal.hub.HubOptions;
import dev.langchain4j.rerank.local.internal.hub.ModelFiles;

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

    /**
     * The one cycle between packages, kept small: the builder asks the hub for files, and the hub knows the types that its
     * users choose, are notified by and catch. They stay with the models because users import them together.
     */
    @ArchTest
    static final ArchRule the_hub_knows_of_the_models_only_what_users_see = noClasses()
            .that()
            .resideInAPackage("dev.langchain4j.rerank.local.internal.hub")
            .should()
            .dependOnClassesThat(resideInAPackage("dev.langchain4j.rerank.local")
                    .and(not(belongToAnyOf(
                            Engine.class,
                            OnnxVariant.class,
                            HubDownloadListener.class,
                            HubDownloadProgress.class,
                            LocalModelException.class))));

    @ArchTest
    static final ArchRule the_hub_is_reached_through_two_types = noClasses()
            .that()
            .resideInAPackage("dev.langchain4j.rerank.local.internal.hub")
            .and(not(belongToAnyOf(HubOptions.class, ModelFiles.class)))
            .should()
            .bePublic();
}
