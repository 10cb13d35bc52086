package dev.langchain4j.rerank.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.embedding.onnx.allminilml6v2q.AllMiniLmL6V2QuantizedEmbeddingModel;
import dev.langchain4j.model.scoring.ScoringModel;
import dev.langchain4j.rag.AugmentationRequest;
import dev.langchain4j.rag.RetrievalAugmentor;
import dev.langchain4j.rag.content.Content;
import dev.langchain4j.rag.content.aggregator.ContentAggregator;
import dev.langchain4j.rag.content.aggregator.DefaultContentAggregator;
import dev.langchain4j.rag.content.injector.ContentInjector;
import dev.langchain4j.rag.content.retriever.ContentRetriever;
import dev.langchain4j.rag.query.Metadata;
import dev.langchain4j.rag.query.Query;
import dev.langchain4j.rag.query.router.QueryRouter;
import dev.langchain4j.rag.query.transformer.QueryTransformer;
import dev.langchain4j.rerank.RerankListener;
import dev.langchain4j.rerank.RerankRequestContext;
import dev.langchain4j.rerank.RerankResult;
import dev.langchain4j.rerank.Reranker;
import dev.langchain4j.rerank.RerankingContentAggregator;
import dev.langchain4j.rerank.local.msmarcominilml12v2q.MsMarcoMiniLmL12V2QuantizedScoringModel;
import dev.langchain4j.rerank.spring.RerankAutoConfiguration;
import dev.langchain4j.rerank.testkit.FakeScoringModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.core.annotation.Order;

/** The conditions under which each bean exists. */
@ExtendWith(OutputCaptureExtension.class)
class BeansTest {

    private static final String[] OURS = {
        "rerankScoringModel", "rerankingContentAggregator", "reranker", "rerankingRetrievalAugmentor"
    };

    private final ApplicationContextRunner plain =
            new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(RerankAutoConfiguration.class));
    private final ApplicationContextRunner tiny =
            plain.withPropertyValues("langchain4j.rerank.local.model-path=" + TinyModel.DIRECTORY);
    private final ApplicationContextRunner fake = plain.withBean(FakeScoringModel.class);

    @Test
    void the_jar_on_the_class_path_is_the_model_where_nothing_else_is_named() {
        plain.run(application -> {
            assertThat(application).hasNotFailed().doesNotHaveBean(RetrievalAugmentor.class);
            assertThat(application.getBean(ScoringModel.class).toString())
                    .contains("MsMarcoMiniLmL12V2QuantizedScoringModel");
            assertThat(application
                            .getBean(Reranker.class)
                            .rerank("capital of France", List.of("Berlin", "Paris is the capital of France")))
                    .extracting(RerankResult::index)
                    .containsExactly(1, 0);
        });
    }

    @Test
    void the_jar_works_beside_an_embedding_model_in_the_same_process_that_was_there_first() {
        plain.withBean(AllMiniLmL6V2QuantizedEmbeddingModel.class).run(application -> {
            assertThat(application
                            .getBean(AllMiniLmL6V2QuantizedEmbeddingModel.class)
                            .embed("Paris")
                            .content()
                            .dimension())
                    .isEqualTo(384);
            assertThat(application
                            .getBean(Reranker.class)
                            .rerank("capital of France", List.of("Berlin", "Paris is the capital of France")))
                    .extracting(RerankResult::index)
                    .containsExactly(1, 0);
        });
    }

    @Test
    void the_jar_works_beside_an_embedding_model_in_the_same_process_that_came_later() {
        plain.run(application -> {
            Reranker reranker = application.getBean(Reranker.class);
            assertThat(new AllMiniLmL6V2QuantizedEmbeddingModel()
                            .embed("Paris")
                            .content()
                            .dimension())
                    .isEqualTo(384);
            assertThat(reranker.rerank("capital of France", List.of("Berlin", "Paris is the capital of France")))
                    .extracting(RerankResult::index)
                    .containsExactly(1, 0);
        });
    }

    @Test
    void a_named_model_takes_the_place_of_the_jar() {
        tiny.run(application -> assertThat(
                        application.getBean(ScoringModel.class).toString())
                .contains(TinyModel.DIRECTORY.toString()));
    }

    @Test
    void without_a_model_there_is_no_bean_and_a_warning(CapturedOutput output) {
        plain.withClassLoader(new FilteredClassLoader(MsMarcoMiniLmL12V2QuantizedScoringModel.class))
                .run(application -> {
                    assertThat(application).hasNotFailed().doesNotHaveBean(ScoringModel.class);
                    assertThat(application).doesNotHaveBean(ContentAggregator.class);
                    assertThat(output)
                            .contains(
                                    "No reranking: no model is configured. Set langchain4j.rerank.api.<provider>.api-key or langchain4j.rerank.local.model-path, add langchain4j-rerank-ms-marco-minilm-l12-v2-q, or set langchain4j.rerank.enabled=false");
                });
    }

    @Test
    void one_line_turns_everything_off() {
        plain.withPropertyValues("langchain4j.rerank.enabled=false")
                .withBean("retriever", ContentRetriever.class, () -> query -> List.of())
                .run(application -> assertThat(application.getBeanDefinitionNames())
                        .doesNotContain(OURS)
                        .noneMatch(name -> name.contains("erank")));
    }

    @Test
    void the_users_model_wins() {
        tiny.withBean("mine", FakeScoringModel.class).run(application -> {
            assertThat(application).hasSingleBean(ScoringModel.class).hasBean("mine");
            assertThat(application)
                    .hasSingleBean(RerankingContentAggregator.class)
                    .hasSingleBean(Reranker.class);
        });
    }

    @Test
    void two_models_and_none_primary_give_no_aggregator_and_a_warning(CapturedOutput output) {
        plain.withBean("a", FakeScoringModel.class)
                .withBean("b", FakeScoringModel.class)
                .run(application -> {
                    assertThat(application).hasNotFailed().doesNotHaveBean(ContentAggregator.class);
                    assertThat(application).doesNotHaveBean(Reranker.class);
                    assertThat(output)
                            .contains(
                                    "WARN",
                                    "2 ScoringModel beans (a, b) and none is @Primary: no reranking aggregator was created. Mark one @Primary, or set langchain4j.rerank.aggregator.enabled=false");
                });
    }

    @Test
    void of_two_models_the_primary_one_scores(CapturedOutput output) {
        plain.withUserConfiguration(OnePrimary.class).run(application -> {
            assertThat(application).hasSingleBean(RerankingContentAggregator.class);
            application.getBean(Reranker.class).rerank("query", List.of("document"));
            assertThat(application.getBean("second", FakeScoringModel.class).calls())
                    .hasSize(1);
            assertThat(output).doesNotContain("ScoringModel beans");
        });
    }

    @Configuration(proxyBeanMethods = false)
    static class OnePrimary {

        @Bean
        FakeScoringModel first() {
            return new FakeScoringModel();
        }

        @Bean
        @Primary
        FakeScoringModel second() {
            return new FakeScoringModel();
        }
    }

    @Test
    void the_users_aggregator_wins() {
        fake.withBean(DefaultContentAggregator.class)
                .withBean("retriever", ContentRetriever.class, () -> query -> List.of())
                .run(application -> assertThat(application)
                        .doesNotHaveBean(RerankingContentAggregator.class)
                        .doesNotHaveBean(RetrievalAugmentor.class));
    }

    @Test
    void aggregator_and_augmentor_can_be_left_out() {
        ApplicationContextRunner retrieving =
                fake.withBean("retriever", ContentRetriever.class, () -> query -> List.of());
        retrieving
                .withPropertyValues("langchain4j.rerank.aggregator.enabled=false")
                .run(application -> assertThat(application)
                        .hasSingleBean(ScoringModel.class)
                        .doesNotHaveBean(ContentAggregator.class)
                        .doesNotHaveBean(Reranker.class)
                        .doesNotHaveBean(RetrievalAugmentor.class));
        retrieving
                .withPropertyValues("langchain4j.rerank.augmentor.enabled=false")
                .run(application -> assertThat(application)
                        .hasSingleBean(RerankingContentAggregator.class)
                        .doesNotHaveBean(RetrievalAugmentor.class));
    }

    @Test
    void the_users_augmentor_wins() {
        fake.withBean("retriever", ContentRetriever.class, () -> query -> List.of())
                .withBean("mine", RetrievalAugmentor.class, () -> request -> null)
                .run(application -> assertThat(application)
                        .hasSingleBean(RetrievalAugmentor.class)
                        .doesNotHaveBean("rerankingRetrievalAugmentor"));
    }

    @Test
    void the_augmentor_takes_all_retrievers_in_order_and_the_parts_that_the_user_has() {
        fake.withUserConfiguration(Parts.class).run(application -> {
            Parts parts = application.getBean(Parts.class);
            UserMessage question = UserMessage.from("question");
            // when
            application
                    .getBean(RetrievalAugmentor.class)
                    .augment(new AugmentationRequest(question, Metadata.from(question, null, null)));
            // then
            assertThat(parts.seen).containsSubsequence("transformed question");
            assertThat(parts.seen.get(0)).isEqualTo("transformed question");
            assertThat(application
                            .getBean(FakeScoringModel.class)
                            .calls()
                            .get(0)
                            .texts())
                    .containsExactly("first", "second");
            assertThat(parts.seen).last().isEqualTo("injected 2");
        });
    }

    @Configuration(proxyBeanMethods = false)
    static class Parts {

        final List<String> seen = new ArrayList<>();

        @Bean
        @Order(2)
        ContentRetriever second() {
            return query -> List.of(Content.from("second"));
        }

        @Bean
        @Order(1)
        ContentRetriever first() {
            return query -> List.of(Content.from("first"));
        }

        @Bean
        QueryTransformer transformer() {
            return query -> {
                seen.add("transformed " + query.text());
                return List.of(query);
            };
        }

        @Bean
        ContentInjector injector() {
            return (contents, message) -> {
                seen.add("injected " + contents.size());
                return message;
            };
        }
    }

    @Test
    void the_users_router_routes() {
        ContentRetriever routed = query -> List.of(Content.from("routed"));
        fake.withBean("retriever", ContentRetriever.class, () -> query -> List.of(Content.from("not asked")))
                .withBean(QueryRouter.class, () -> query -> List.of(routed))
                .run(application -> {
                    UserMessage question = UserMessage.from("question");
                    assertThat(application
                                    .getBean(RetrievalAugmentor.class)
                                    .augment(new AugmentationRequest(question, Metadata.from(question, null, null)))
                                    .contents())
                            .extracting(content -> content.textSegment().text())
                            .containsExactly("routed");
                });
    }

    @Test
    void every_listener_hears_in_order() {
        fake.withUserConfiguration(TwoListeners.class).run(application -> {
            application
                    .getBean(RerankingContentAggregator.class)
                    .aggregate(Map.of(Query.from("query"), List.of(List.of(Content.from("text")))));
            assertThat(application.getBean(TwoListeners.class).heard).containsExactly("first", "second");
        });
    }

    @Configuration(proxyBeanMethods = false)
    static class TwoListeners {

        final List<String> heard = new ArrayList<>();

        @Bean
        @Order(2)
        RerankListener second() {
            return hearing("second");
        }

        @Bean
        @Order(1)
        RerankListener first() {
            return hearing("first");
        }

        private RerankListener hearing(String name) {
            return new RerankListener() {
                @Override
                public void onRequest(RerankRequestContext context) {
                    heard.add(name);
                }
            };
        }
    }

    @Test
    void there_is_a_health_indicator_unless_it_is_turned_off_or_there_is_no_actuator() {
        fake.run(application -> assertThat(application).hasBean("rerankHealthIndicator"));
        fake.withPropertyValues("management.health.rerank.enabled=false")
                .run(application -> assertThat(application).doesNotHaveBean("rerankHealthIndicator"));
        fake.withPropertyValues("management.health.defaults.enabled=false")
                .run(application -> assertThat(application).doesNotHaveBean("rerankHealthIndicator"));
        fake.withPropertyValues("management.health.defaults.enabled=false", "management.health.rerank.enabled=true")
                .run(application -> assertThat(application).hasBean("rerankHealthIndicator"));
        fake.withClassLoader(
                        new FilteredClassLoader("org.springframework.boot.actuate", "org.springframework.boot.health"))
                .run(application -> assertThat(application)
                        .hasNotFailed()
                        .doesNotHaveBean("rerankHealthIndicator")
                        .hasSingleBean(RerankingContentAggregator.class));
    }

    @Test
    void runs_without_micrometer_and_opentelemetry() {
        fake.withClassLoader(new FilteredClassLoader("io.micrometer", "io.opentelemetry"))
                .run(application ->
                        assertThat(application).hasNotFailed().hasSingleBean(RerankingContentAggregator.class));
    }
}
