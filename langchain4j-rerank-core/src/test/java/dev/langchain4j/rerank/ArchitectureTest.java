package dev.langchain4j.rerank;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;

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
    static final ArchRule only_the_observability_room_knows_micrometer_and_opentelemetry = noClasses()
            .that()
            .resideOutsideOfPackage("dev.langchain4j.rerank.observability")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.micrometer..", "io.opentelemetry..");

    @ArchTest
    static final ArchRule rerank_knows_none_of_the_other_rooms = classes()
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

    /** The public types; a widened API shows here in review. */
    @ArchTest
    static void shows_these_types_and_no_others(JavaClasses classes) {
        assertThat(publicTypes(classes, "dev.langchain4j.rerank"))
                .containsExactlyInAnyOrder(
                        "CandidateFusion",
                        "FailurePolicy",
                        "InvalidOptionException",
                        "InvalidScoresException",
                        "PlattCalibration",
                        "ProgressiveScoringModel",
                        "QuerySelector",
                        "RankedContent",
                        "Ranking",
                        "RerankErrorContext",
                        "RerankListener",
                        "RerankMetadata",
                        "RerankMetadata$Builder",
                        "RerankRequestContext",
                        "RerankResponseContext",
                        "RerankResult",
                        "Reranker",
                        "Reranker$Builder",
                        "RerankingContentAggregator",
                        "RerankingContentAggregator$Builder",
                        "RetrievedList",
                        "RetrievedList$Hit",
                        "ScaledScoringModel",
                        "ScoreCombiner",
                        "ScoreDetail",
                        "ScoreDetails",
                        "ScoreNormalizer",
                        "ScoreScale",
                        "ScoreSink",
                        "ScoringTimes",
                        "Selection",
                        "SelectionPolicy",
                        "TextWindow",
                        "TextWindower");
        assertThat(publicTypes(classes, "dev.langchain4j.rerank.observability"))
                .containsExactlyInAnyOrder(
                        "MicrometerRerankListener",
                        "MicrometerRerankListener$Builder",
                        "OpenTelemetryRerankListener",
                        "OpenTelemetryRerankListener$Builder");
    }

    private static List<String> publicTypes(JavaClasses classes, String packageName) {
        return classes.stream()
                .filter(type -> type.getPackageName().equals(packageName))
                .filter(ArchitectureTest::isVisible)
                .map(type -> type.getName().substring(packageName.length() + 1))
                .toList();
    }

    private static boolean isVisible(JavaClass type) {
        return !type.getSimpleName().equals("package-info")
                && type.getModifiers().contains(JavaModifier.PUBLIC)
                && type.getEnclosingClass().map(ArchitectureTest::isVisible).orElse(true);
    }
}
