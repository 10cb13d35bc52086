package dev.langchain4j.rerank.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.rerank.boot.conflict.ConflictApplication;
import dev.langchain4j.rerank.boot.plain.PlainApplication;
import dev.langchain4j.rerank.spring.RerankAutoConfiguration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

/** Common configuration mistakes: each error message names the property and the remedy. */
@ExtendWith(OutputCaptureExtension.class)
class MistakesTest {

    private static final String TINY = "langchain4j.rerank.local.model-path=" + TinyModel.DIRECTORY;
    private static final String UPDATE = "Update your application's configuration";

    @Test
    void no_key(CapturedOutput output) {
        fails(
                output,
                "langchain4j.rerank.api.cohere.api-key: Cohere needs a key: set apiKey, or the environment variable"
                        + " CO_API_KEY or COHERE_API_KEY",
                UPDATE,
                "langchain4j.rerank.api.cohere.model-name=rerank-v3.5");
    }

    @Test
    void a_model_path_that_does_not_exist(CapturedOutput output) {
        fails(
                output,
                "langchain4j.rerank.local.model-path: no model directory not/there",
                "Set it to a directory that contains tokenizer.json and model.onnx or model.pt",
                "langchain4j.rerank.local.model-path=not/there");
    }

    @Test
    void a_model_file_is_missing(CapturedOutput output, @TempDir Path directory) throws IOException {
        fails(
                output,
                "langchain4j.rerank.local.model-path: no file " + directory.resolve("tokenizer.json"),
                "Set it to a directory that contains tokenizer.json and model.onnx or model.pt",
                "langchain4j.rerank.local.model-path=" + directory);
        Files.copy(TinyModel.DIRECTORY.resolve("tokenizer.json"), directory.resolve("tokenizer.json"));
        fails(
                output,
                "langchain4j.rerank.local.model-path: no file %s or %s"
                        .formatted(directory.resolve("model.onnx"), directory.resolve("model.pt")),
                "Set it to a directory that contains tokenizer.json and model.onnx or model.pt",
                "langchain4j.rerank.local.model-path=" + directory);
    }

    @Test
    void top_k_zero(CapturedOutput output) {
        fails(
                output,
                "langchain4j.rerank.aggregator.top-k must be at least 1, got 0",
                UPDATE,
                TINY,
                "langchain4j.rerank.aggregator.top-k=0");
    }

    @Test
    void two_models_and_no_order(CapturedOutput output) {
        fails(
                output,
                "2 models are configured (local, cohere), but langchain4j.rerank.order is not set",
                "Set langchain4j.rerank.order=local,cohere or another order: the first is the primary model, the others are its fallbacks. Models that are not listed are not used",
                TINY,
                "langchain4j.rerank.api.cohere.api-key=secret");
        assertThat(output).doesNotContain("secret");
    }

    @Test
    void an_order_that_names_no_model(CapturedOutput output) {
        assertThatThrownBy(() -> Application.start(PlainApplication.class, "langchain4j.rerank.order=coherre"))
                .isNotNull();
        assertThat(output)
                .contains(
                        "langchain4j.rerank.order contains coherre, which is neither a configured model (local) nor a protocol",
                        "Correct the id, or set langchain4j.rerank.api.coherre.protocol to one of azure-cohere, bedrock, cohere,");
    }

    @Test
    void a_name_without_a_protocol(CapturedOutput output) {
        assertThatThrownBy(
                        () -> Application.start(PlainApplication.class, "langchain4j.rerank.api.mine.api-key=secret"))
                .isNotNull();
        assertThat(output)
                .contains(
                        "langchain4j.rerank.api.mine: unknown protocol mine",
                        "Set langchain4j.rerank.api.mine.protocol to one of azure-cohere, bedrock, cohere,")
                .doesNotContain("secret");
    }

    @Test
    void min_score_as_a_probability_on_logits(CapturedOutput output) {
        try (ConfigurableApplicationContext application = Application.start(
                PlainApplication.class,
                TINY,
                "langchain4j.rerank.local.activation=none",
                "langchain4j.rerank.aggregator.min-score=0.8")) {
            assertThat(application.isActive()).isTrue();
            assertThat(output)
                    .contains(
                            "WARN",
                            "langchain4j.rerank.aggregator.min-score=0.8 is applied to logits, where 0 is even odds; set langchain4j.rerank.aggregator.normalizer=sigmoid, or set min-score to a logit");
        }
    }

    @Test
    void min_score_on_an_order_without_meaning(CapturedOutput output) {
        try (ConfigurableApplicationContext application = Application.start(
                PlainApplication.class,
                "langchain4j.rerank.api.xinference.model-name=bge",
                "langchain4j.rerank.aggregator.min-score=0.8")) {
            assertThat(application.isActive()).isTrue();
            assertThat(output)
                    .contains(
                            "WARN",
                            "langchain4j.rerank.aggregator.min-score=0.8 is applied to RELATIVE scores, which are comparable within one ranking only; remove min-score");
        }
    }

    @Test
    void no_network_and_nothing_in_the_cache(CapturedOutput output, @TempDir Path directory) {
        fails(
                output,
                "langchain4j.rerank.local: offline, and a/b at main is not in the cache: looked for %s; download it once without offline(true) and HF_HUB_OFFLINE, or set cacheDirectory to where it is"
                        .formatted(directory.resolve("models--a--b/refs/main")),
                "Set langchain4j.rerank.local.cache-directory to a cache that contains the model, or langchain4j.rerank.local.offline=false to download it",
                "langchain4j.rerank.local.model-name=a/b",
                "langchain4j.rerank.local.offline=true",
                "langchain4j.rerank.local.cache-directory=" + directory);
    }

    @Test
    void a_model_of_ones_own_and_only_the_starter() {
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(RerankAutoConfiguration.class))
                .withClassLoader(new FilteredClassLoader("dev.langchain4j.rerank.local"))
                .withPropertyValues(TINY)
                .run(
                        application -> assertThat(application)
                                .getFailure()
                                .rootCause()
                                .hasMessage(
                                        "langchain4j.rerank.local configures a local model, but langchain4j-rerank-local is not on the class path"));
    }

    @Test
    void an_engine_that_there_is_not(CapturedOutput output) {
        assertThatThrownBy(() ->
                        Application.start(PlainApplication.class, TINY, "langchain4j.rerank.local.engine=tensorflow"))
                .isNotNull();
        assertThat(output)
                .contains(
                        "Property: langchain4j.rerank.local.engine",
                        "Value: \"tensorflow\"",
                        "The following values are valid:",
                        "ONNX_RUNTIME",
                        "PYTORCH");
    }

    @Test
    void an_engine_that_is_not_on_the_class_path(CapturedOutput output) {
        fails(
                output,
                "langchain4j.rerank.local.engine: PYTORCH is not on the class path; add ai.djl.pytorch:pytorch-engine",
                "Add the dependency, or remove the property to run the model with ONNX Runtime",
                TINY,
                "langchain4j.rerank.local.engine=pytorch");
    }

    @Test
    void an_option_of_another_kind_of_model(CapturedOutput output) {
        fails(
                output,
                "langchain4j.rerank.local.document-cache is not supported for langchain4j.rerank.local.kind=cross-encoder",
                "Remove langchain4j.rerank.local.document-cache, or set langchain4j.rerank.local.kind to colbert",
                TINY,
                "langchain4j.rerank.local.document-cache=10");
        fails(
                output,
                "langchain4j.rerank.local.max-length is not supported for langchain4j.rerank.local.kind=colbert",
                "Remove langchain4j.rerank.local.max-length, or set langchain4j.rerank.local.kind to cross-encoder or qwen3 or bge-gemma",
                "langchain4j.rerank.local.model-path=" + TinyModel.directory("colbert"),
                "langchain4j.rerank.local.kind=colbert",
                "langchain4j.rerank.local.max-length=100");
    }

    @Test
    void a_kind_of_model_and_no_model(CapturedOutput output) {
        fails(
                output,
                "langchain4j.rerank.local.model-name: no model: set modelPath or modelName",
                UPDATE,
                "langchain4j.rerank.local.kind=colbert");
    }

    @Test
    void two_models_in_one_place(CapturedOutput output) {
        fails(
                output,
                "langchain4j.rerank.local.model-name: two models, %s and a/b: set modelName, or a path or class, and not both"
                        .formatted(TinyModel.DIRECTORY),
                UPDATE,
                TINY,
                "langchain4j.rerank.local.model-name=a/b");
    }

    @Test
    void a_protocol_without_what_it_needs(CapturedOutput output) {
        fails(
                output,
                "langchain4j.rerank.api.bedrock.region is not set: this protocol requires it",
                UPDATE,
                "langchain4j.rerank.api.bedrock.model-name=amazon.rerank-v1:0");
    }

    @Test
    void weighted_fusion_without_weights(CapturedOutput output) {
        fails(
                output,
                "langchain4j.rerank.aggregator.fusion=weighted has no weights",
                "Set langchain4j.rerank.aggregator.weights to one number from 0 to 1 per retriever, in the order of the retrievers",
                TINY,
                "langchain4j.rerank.aggregator.fusion=weighted");
    }

    @Test
    void a_constant_that_is_not_one_of_rank_fusion(CapturedOutput output) {
        fails(
                output,
                "langchain4j.rerank.aggregator.rrf-k must be above 0 and below 16384, got 0.0",
                UPDATE,
                TINY,
                "langchain4j.rerank.aggregator.rrf-k=0");
    }

    @Test
    void a_budget_of_tokens_and_nothing_to_count_with(CapturedOutput output) {
        fails(
                output,
                "langchain4j.rerank.aggregator.selection.token-budget=500 needs a bean that counts tokens, and there is none",
                "Define a bean of type dev.langchain4j.model.TokenCountEstimator",
                TINY,
                "langchain4j.rerank.aggregator.selection.token-budget=500");
    }

    @Test
    void windows_for_a_service_and_nothing_to_count_with(CapturedOutput output) {
        fails(
                output,
                "langchain4j.rerank.long-documents.enabled=true needs a bean that counts the tokens of tei, and there is none",
                "Define a bean of type dev.langchain4j.model.TokenCountEstimator, or use a local model",
                "langchain4j.rerank.api.tei.timeout=5s",
                "langchain4j.rerank.long-documents.enabled=true");
    }

    @Test
    void a_cascade_of_one_model(CapturedOutput output) {
        fails(
                output,
                "langchain4j.rerank.cascade.first=local has no second model that scores its best candidates",
                "Configure a second model, or remove langchain4j.rerank.cascade.first",
                TINY,
                "langchain4j.rerank.cascade.first=local");
    }

    @Test
    void a_cascade_without_time(CapturedOutput output) {
        fails(
                output,
                "langchain4j.rerank.cascade.latency-budget must be above zero, got PT0S",
                UPDATE,
                TINY,
                "langchain4j.rerank.api.tei.timeout=5s",
                "langchain4j.rerank.cascade.first=local",
                "langchain4j.rerank.cascade.latency-budget=0ms");
    }

    @Test
    void two_retrievers_and_automatic_wiring(CapturedOutput output) {
        assertThatThrownBy(() -> Application.start(ConflictApplication.class)).isNotNull();
        assertThat(output).contains("""
                        Description:

                        Conflict: multiple beans of type dev.langchain4j.rag.content.retriever.ContentRetriever are found: [handbook, wiki].

                        Action:

                        The augmentor of langchain4j.rerank uses all content retrievers, but @AiService must name it:

                            @AiService(wiringMode = EXPLICIT, chatModel = "<bean>", retrievalAugmentor = "rerankingRetrievalAugmentor")

                        Naming a contentRetriever instead bypasses reranking.
                        """);
    }

    private static void fails(CapturedOutput output, String description, String action, String... properties) {
        assertThatThrownBy(() -> Application.start(PlainApplication.class, properties))
                .isNotNull();
        assertThat(output).contains("Description:\n\n%s\n\nAction:\n\n%s\n".formatted(description, action));
    }
}
