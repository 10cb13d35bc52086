package dev.langchain4j.rerank.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.rerank.boot.rag.Assistant;
import dev.langchain4j.rerank.boot.rag.RagApplication;
import dev.langchain4j.rerank.boot.two.ExplicitAssistant;
import dev.langchain4j.rerank.boot.two.TwoRetrieversApplication;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.SpringBootVersion;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

@ExtendWith(OutputCaptureExtension.class)
class AiServiceTest {

    private static final String QUESTION = "What is the capital of France?";
    private static final String ANSWER = "Paris has been the capital of France since 987.";

    @Test
    void runs_on_the_boot_that_this_module_is_for() {
        assertThat(SpringBootVersion.getVersion()).isEqualTo(System.getProperty("rerank.expected.boot"));
    }

    @Test
    void an_ai_service_that_knows_nothing_of_it_gets_the_reranked_passages(CapturedOutput output) {
        try (ConfigurableApplicationContext application = Application.start(
                RagApplication.class,
                "langchain4j.rag.retrieval.max-results=50",
                "langchain4j.rerank.aggregator.top-k=1")) {
            // when
            application.getBean(Assistant.class).answer(QUESTION);
            // then
            assertThat(prompt(application)).contains(ANSWER);
            assertThat(RagApplication.PASSAGES.stream().filter(prompt(application)::contains))
                    .containsExactly(ANSWER);
            assertThat(output).doesNotContain("drops nothing");
        }
    }

    @Test
    void without_reranking_the_same_application_gets_another_passage() {
        try (ConfigurableApplicationContext application = Application.start(
                RagApplication.class, "langchain4j.rag.retrieval.max-results=1", "langchain4j.rerank.enabled=false")) {
            application.getBean(Assistant.class).answer(QUESTION);
            assertThat(prompt(application)).doesNotContain(ANSWER);
        }
    }

    @Test
    void warns_once_that_three_contents_for_top_five_leave_nothing_to_drop(CapturedOutput output) {
        try (ConfigurableApplicationContext application = Application.start(RagApplication.class)) {
            application.getBean(Assistant.class).answer(QUESTION);
            application.getBean(Assistant.class).answer(QUESTION);
            assertThat(output.getOut().split("drops nothing", -1)).hasSize(2);
            assertThat(output)
                    .contains(
                            "WARN",
                            "Reranking 3 candidates with top-k 5 drops nothing: raise langchain4j.rag.retrieval.max-results (default 3) to 30 or more");
        }
    }

    @Test
    void one_ranking_of_two_retrievers_reaches_an_ai_service_that_names_the_augmentor() {
        try (ConfigurableApplicationContext application =
                Application.start(TwoRetrieversApplication.class, "langchain4j.rerank.aggregator.top-k=2")) {
            application.getBean(ExplicitAssistant.class).answer(QUESTION);
            assertThat(prompt(application)).containsSubsequence(ANSWER, "Berlin is the capital of Germany.");
        }
    }

    private static String prompt(ConfigurableApplicationContext application) {
        return application.getBean(RecordingChatModel.class).prompts().get(0);
    }
}
