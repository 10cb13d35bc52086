package dev.langchain4j.rerank.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.TokenCountEstimator;
import dev.langchain4j.model.scoring.ScoringModel;
import dev.langchain4j.rag.content.Content;
import dev.langchain4j.rag.query.Query;
import dev.langchain4j.rerank.RankedContent;
import dev.langchain4j.rerank.Ranking;
import dev.langchain4j.rerank.RerankResult;
import dev.langchain4j.rerank.Reranker;
import dev.langchain4j.rerank.RerankingContentAggregator;
import dev.langchain4j.rerank.ScaledScoringModel;
import dev.langchain4j.rerank.ScoreDetail;
import dev.langchain4j.rerank.ScoreDetails;
import dev.langchain4j.rerank.ScoreScale;
import dev.langchain4j.rerank.scoring.CachingScoringModel;
import dev.langchain4j.rerank.scoring.CascadeScoringModel;
import dev.langchain4j.rerank.scoring.FallbackScoringModel;
import dev.langchain4j.rerank.scoring.LongDocumentScoringModel;
import dev.langchain4j.rerank.spring.RerankAutoConfiguration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** The models that properties configure. */
class ModelsTest {

    private final RerankServer server = new RerankServer();
    private final ApplicationContextRunner runner =
            new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(RerankAutoConfiguration.class));
    private final ApplicationContextRunner cohere = runner.withPropertyValues(
            "langchain4j.rerank.api.cohere.api-key=secret", "langchain4j.rerank.api.cohere.base-url=" + server.url());
    private final ApplicationContextRunner both = cohere.withPropertyValues(
            "langchain4j.rerank.local.model-path=" + TinyModel.DIRECTORY,
            "langchain4j.rerank.local.activation=sigmoid");

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void a_key_is_enough_for_a_provider() {
        runner.withPropertyValues("langchain4j.rerank.api.cohere.api-key=secret")
                .run(application -> assertThat(
                                application.getBean(ScoringModel.class).toString())
                        .startsWith("ApiScoringModel[Cohere ")
                        .endsWith(" at https://api.cohere.com/v2/rerank]"));
    }

    @Test
    void asks_the_service_and_keeps_the_best() {
        cohere.run(application -> assertThat(
                        application.getBean(Reranker.class).rerank("query", List.of("a", "b", "c")))
                .extracting(RerankResult::text)
                .containsExactly("c", "b", "a"));
    }

    @Test
    void an_environment_variable_configures_a_provider() {
        runner.withInitializer(application -> application
                        .getEnvironment()
                        .getPropertySources()
                        .addFirst(new SystemEnvironmentPropertySource(
                                "test-systemEnvironment",
                                Map.of(
                                        "LANGCHAIN4J_RERANK_API_NVIDIANIM_APIKEY",
                                        "secret",
                                        "LANGCHAIN4J_RERANK_API_NVIDIANIM_BASEURL",
                                        server.url()))))
                .run(application -> assertThat(
                                application.getBean(ScoringModel.class).toString())
                        .startsWith("ApiScoringModel[NVIDIA NIM ")
                        .contains(server.url()));
    }

    @Test
    void two_accounts_of_a_provider_have_names_of_their_own() {
        runner.withPropertyValues(
                        "langchain4j.rerank.api.team-a.protocol=cohere",
                        "langchain4j.rerank.api.team-a.api-key=a",
                        "langchain4j.rerank.api.team-b.protocol=cohere",
                        "langchain4j.rerank.api.team-b.api-key=b",
                        "langchain4j.rerank.order=team-b,team-a")
                .run(application ->
                        assertThat(application.getBean(ScoringModel.class)).isInstanceOf(FallbackScoringModel.class));
    }

    @Test
    void an_order_may_name_a_protocol_that_has_no_settings() {
        runner.withPropertyValues("langchain4j.rerank.order=tei")
                .run(application -> assertThat(
                                application.getBean(ScoringModel.class).toString())
                        .startsWith("ApiScoringModel[TEI "));
    }

    @ParameterizedTest
    @CsvSource({
        "bert, cross-encoder, CrossEncoderScoringModel, LOGIT",
        "colbert, colbert, ColbertScoringModel, RELATIVE",
        "qwen3, qwen3, GenerativeScoringModel, PROBABILITY",
        "bge-gemma, bge-gemma, GenerativeScoringModel, LOGIT"
    })
    void the_kind_says_how_a_local_model_scores(String directory, String kind, String type, ScoreScale scale) {
        runner.withPropertyValues(
                        "langchain4j.rerank.local.model-path=" + TinyModel.directory(directory),
                        "langchain4j.rerank.local.kind=" + kind,
                        "langchain4j.rerank.local.workers=1",
                        "langchain4j.rerank.local.max-waiting-calls=7")
                .run(application -> {
                    ScaledScoringModel model = application.getBean(ScaledScoringModel.class);
                    assertThat(model.toString()).startsWith(type + "[").endsWith(", 1 workers]");
                    assertThat(model.scoreScale()).isEqualTo(scale);
                    assertThat(application.getBean(Reranker.class).rerank("query", List.of("a", "b")))
                            .hasSize(2);
                });
    }

    @Test
    void options_of_a_kind_reach_its_model() {
        String passage = "one two three four five six seven eight nine ten";
        runner.withPropertyValues(
                        "langchain4j.rerank.local.model-path=" + TinyModel.directory("colbert"),
                        "langchain4j.rerank.local.kind=colbert",
                        "langchain4j.rerank.local.query-length=8",
                        "langchain4j.rerank.local.document-length=6",
                        "langchain4j.rerank.local.document-cache=10")
                .run(application -> assertThat(truncated(application, passage)).isTrue());
        runner.withPropertyValues(
                        "langchain4j.rerank.local.model-path=" + TinyModel.directory("qwen3"),
                        "langchain4j.rerank.local.kind=qwen3",
                        "langchain4j.rerank.local.instruction=Find it",
                        "langchain4j.rerank.local.activation=none")
                .run(application -> {
                    assertThat(truncated(application, passage)).isFalse();
                    assertThat(application.getBean(ScaledScoringModel.class).scoreScale())
                            .isEqualTo(ScoreScale.LOGIT);
                });
    }

    private static boolean truncated(ApplicationContext application, String passage) {
        return ScoreDetails.of(
                        application.getBean(ScoringModel.class).scoreAll(List.of(TextSegment.from(passage)), "query"))
                .get(0)
                .truncated();
    }

    @Test
    void a_cross_encoder_may_read_the_best_texts_only() {
        runner.withPropertyValues(
                        "langchain4j.rerank.local.model-path=" + TinyModel.DIRECTORY,
                        "langchain4j.rerank.local.early-exit=1")
                .run(application -> assertThat(ScoreDetails.of(application
                                .getBean(ScoringModel.class)
                                .scoreAll(List.of(TextSegment.from("query"), TextSegment.from("other")), "query")))
                        .extracting(ScoreDetail::scored)
                        .containsExactly(true, false));
    }

    @Test
    void a_local_model_is_warm_at_start_unless_told_not_to() {
        ApplicationContextRunner tiny =
                runner.withPropertyValues("langchain4j.rerank.local.model-path=" + TinyModel.DIRECTORY);
        tiny.run(application -> assertThat(workers()).isNotEmpty());
        tiny.withPropertyValues("langchain4j.rerank.local.warm-up=false").run(application -> {
            assertThat(workers()).isEmpty();
            assertThat(application.getBean(Reranker.class).rerank("query", List.of("a")))
                    .hasSize(1);
        });
    }

    /** Returns the threads that run a model; they start with the first text. */
    private static List<String> workers() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.matches("rerank-local-\\d+-\\d+"))
                .toList();
    }

    @Test
    void settings_reach_the_request_with_the_types_of_json() {
        cohere.withPropertyValues(
                        "langchain4j.rerank.api.cohere.model-name=rerank-x",
                        "langchain4j.rerank.api.cohere.parameters.max_tokens_per_doc=256",
                        "langchain4j.rerank.api.cohere.parameters.flag=true",
                        "langchain4j.rerank.api.cohere.parameters.note=some text")
                .run(application -> {
                    application.getBean(Reranker.class).rerank("query", List.of("a"));
                    assertThat(server.requests().get(0).toString())
                            .contains(
                                    "\"model\":\"rerank-x\"",
                                    "\"max_tokens_per_doc\":256",
                                    "\"flag\":true",
                                    "\"note\":\"some text\"");
                });
    }

    @Test
    void the_second_of_the_order_answers_where_the_first_fails() {
        both.withPropertyValues("langchain4j.rerank.order=cohere,local", "langchain4j.rerank.api.cohere.max-retries=0")
                .run(application -> {
                    RerankingContentAggregator aggregator = application.getBean(RerankingContentAggregator.class);
                    assertThat(rank(aggregator).kept())
                            .extracting(content -> content.detail().stage())
                            .containsOnly("cohere");
                    server.answerWith(500);
                    assertThat(rank(aggregator).kept())
                            .extracting(content -> content.detail().stage())
                            .containsOnly("local");
                });
    }

    @Test
    void logits_become_probabilities_beside_a_model_of_probabilities() {
        both.withPropertyValues("langchain4j.rerank.order=cohere,local", "langchain4j.rerank.local.activation=none")
                .run(application -> assertThat(
                                application.getBean(ScaledScoringModel.class).scoreScale())
                        .isEqualTo(ScoreScale.PROBABILITY));
    }

    @Test
    void a_cache_remembers() {
        cohere.withPropertyValues("langchain4j.rerank.cache.enabled=true").run(application -> {
            assertThat(application.getBean(ScoringModel.class)).isInstanceOf(CachingScoringModel.class);
            application.getBean(Reranker.class).rerank("query", List.of("a"));
            application.getBean(Reranker.class).rerank("query", List.of("a"));
            assertThat(server.requests()).hasSize(1);
        });
    }

    @Test
    void a_cascade_asks_the_costly_model_about_the_best_only() {
        both.withPropertyValues("langchain4j.rerank.cascade.first=local", "langchain4j.rerank.cascade.keep=2")
                .run(application -> {
                    assertThat(application.getBean(ScoringModel.class)).isInstanceOf(CascadeScoringModel.class);
                    application.getBean(Reranker.class).rerank("query", List.of("a", "b", "c"));
                    assertThat(server.requests()).hasSize(1);
                    assertThat(server.requests().get(0).get("documents")).hasSize(2);
                });
    }

    @Test
    void long_documents_are_cut_by_the_local_model_itself() {
        runner.withPropertyValues(
                        "langchain4j.rerank.local.model-path=" + TinyModel.DIRECTORY,
                        "langchain4j.rerank.long-documents.enabled=true",
                        "langchain4j.rerank.long-documents.window=8",
                        "langchain4j.rerank.long-documents.overlap=2",
                        "langchain4j.rerank.long-documents.combine=mean-of-top-3")
                .run(application -> assertThat(application.getBean(ScoringModel.class))
                        .isInstanceOf(LongDocumentScoringModel.class));
    }

    @Test
    void long_documents_are_cut_for_a_service_by_the_estimator_of_the_application() {
        cohere.withBean(TokenCountEstimator.class, Words::new)
                .withPropertyValues(
                        "langchain4j.rerank.long-documents.enabled=true",
                        "langchain4j.rerank.long-documents.window=2",
                        "langchain4j.rerank.long-documents.overlap=0")
                .run(application -> {
                    application.getBean(Reranker.class).rerank("query", List.of("one two three four"));
                    assertThat(server.requests().get(0).get("documents")).hasSize(2);
                });
    }

    @Test
    void options_of_the_aggregator_reach_it() {
        cohere.withBean(TokenCountEstimator.class, Words::new)
                .withPropertyValues(
                        "langchain4j.rerank.aggregator.top-k=3",
                        "langchain4j.rerank.aggregator.max-candidates=4",
                        "langchain4j.rerank.aggregator.min-score=0.5",
                        "langchain4j.rerank.aggregator.timeout=30s",
                        "langchain4j.rerank.aggregator.on-failure=keep-retrieval-order",
                        "langchain4j.rerank.aggregator.normalizer=sigmoid",
                        "langchain4j.rerank.aggregator.fusion=reciprocal-rank",
                        "langchain4j.rerank.aggregator.rrf-k=10",
                        "langchain4j.rerank.aggregator.query=original",
                        "langchain4j.rerank.aggregator.metadata-keys=title",
                        "langchain4j.rerank.aggregator.selection.token-budget=2",
                        "langchain4j.rerank.aggregator.selection.max-per-source=5",
                        "langchain4j.rerank.aggregator.selection.source-key=url")
                .run(application -> {
                    Ranking ranking = rank(application.getBean(RerankingContentAggregator.class));
                    // the scores by position are 0.2, 0.4, 0.6 and 0.8; the two words of the best text fit the budget
                    // of two tokens
                    assertThat(ranking.kept())
                            .extracting(
                                    content -> content.content().textSegment().text())
                            .containsExactly("passage 4");
                    assertThat(ranking.dropped())
                            .extracting(RankedContent::dropReason)
                            .contains("below minimum score 0.5", "beyond 4 candidates");
                });
    }

    private static Ranking rank(RerankingContentAggregator aggregator) {
        List<Content> contents = List.of(
                Content.from("passage 1"),
                Content.from("passage 2"),
                Content.from("passage 3"),
                Content.from("passage 4"),
                Content.from("passage 5"));
        return aggregator.rank(Map.of(Query.from("query"), List.of(contents)));
    }

    private static final class Words implements TokenCountEstimator {

        @Override
        public int estimateTokenCountInText(String text) {
            return text.trim().split(" ", -1).length;
        }

        @Override
        public int estimateTokenCountInMessage(ChatMessage message) {
            throw new UnsupportedOperationException("passages only");
        }

        @Override
        public int estimateTokenCountInMessages(Iterable<ChatMessage> messages) {
            throw new UnsupportedOperationException("passages only");
        }
    }
}
