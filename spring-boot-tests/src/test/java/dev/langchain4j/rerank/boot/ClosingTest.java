package dev.langchain4j.rerank.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.model.scoring.ScoringModel;
import dev.langchain4j.rerank.Reranker;
import dev.langchain4j.rerank.boot.plain.PlainApplication;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;

class ClosingTest {

    @Test
    void a_closed_application_leaves_no_thread_and_no_native_session() {
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        ScoringModel model;
        Set<Thread> started;
        try (RerankServer server = new RerankServer();
                ConfigurableApplicationContext application = Application.start(
                        PlainApplication.class,
                        "langchain4j.rerank.local.model-path=" + TinyModel.DIRECTORY,
                        "langchain4j.rerank.local.activation=sigmoid",
                        "langchain4j.rerank.api.cohere.api-key=secret",
                        "langchain4j.rerank.api.cohere.base-url=" + server.url(),
                        "langchain4j.rerank.order=cohere,local",
                        "langchain4j.rerank.cache.enabled=true")) {
            application.getBean(Reranker.class).rerank("query", List.of("a", "b"));
            server.answerWith(400);
            application.getBean(Reranker.class).rerank("query", List.of("c", "d"));
            model = application.getBean(ScoringModel.class);
            started = ours(before);
            assertThat(started).isNotEmpty();
        }
        // then
        assertThat(started).allSatisfy(thread -> {
            thread.join(5_000);
            assertThat(thread.isAlive()).as(thread.getName()).isFalse();
        });
        assertThatThrownBy(() -> model.score("text", "query"))
                .hasMessage("CrossEncoderScoringModel is closed: build a new model");
    }

    @Test
    void an_application_that_fails_to_start_leaves_no_thread() {
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        assertThatThrownBy(() -> Application.start(
                        PlainApplication.class,
                        "langchain4j.rerank.local.model-path=" + TinyModel.DIRECTORY,
                        "langchain4j.rerank.api.cohere.model-name=needs-a-key",
                        "langchain4j.rerank.order=local,cohere"))
                .isNotNull();
        assertThat(ours(before)).allSatisfy(thread -> {
            thread.join(5_000);
            assertThat(thread.isAlive()).as(thread.getName()).isFalse();
        });
    }

    /** Returns the threads of models, which start later than the others. */
    private static Set<Thread> ours(Set<Thread> before) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !before.contains(thread) && thread.getName().startsWith("rerank"))
                .collect(Collectors.toSet());
    }
}
