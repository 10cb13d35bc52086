package dev.langchain4j.rerank.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.rerank.local.internal.hub.ModelFiles;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What those who watch a model are told, and whether it is warm when it is built. */
@Timeout(30)
class LocalScoringModelTest {

    private final FakeBackend backend = FakeBackend.onePairARun();

    @Test
    void each_kind_tells_its_engine_and_workers() {
        try (CrossEncoderScoringModel crossEncoder =
                        TestModels.builder("bert").workers(2).build();
                ColbertScoringModel colbert = ColbertScoringModel.builder()
                        .modelPath(TestModels.directory("colbert"))
                        .workers(3)
                        .build();
                GenerativeScoringModel generative = GenerativeScoringModel.qwen3()
                        .modelPath(TestModels.directory("qwen3"))
                        .workers(4)
                        .build()) {
            assertThat(List.<LocalScoringModel>of(crossEncoder, colbert, generative))
                    .allSatisfy(model -> {
                        assertThat(model.engine()).isEqualTo(Engine.ONNX_RUNTIME);
                        assertThat(model.waitingCalls()).isZero();
                    })
                    .extracting(LocalScoringModel::workers)
                    .containsExactly(2, 3, 4);
        }
    }

    @Test
    void calls_wait_until_their_last_batch_is_taken() throws Exception {
        // given
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        try (CrossEncoderScoringModel model = builder().build(bert(), () -> backend)) {
            backend.answering(pair -> {
                running.countDown();
                Latches.await(release);
                return new float[] {1};
            });
            // when
            List<CompletableFuture<Void>> calls = new ArrayList<>();
            calls.add(model.scoreEach(List.of("a"), "query", (index, score) -> {}));
            Latches.await(running);
            calls.add(model.scoreEach(List.of("a", "b"), "query", (index, score) -> {}));
            calls.add(model.scoreEach(List.of("a"), "query", (index, score) -> {}));
            // then
            assertThat(model.waitingCalls()).isEqualTo(2);
            // when
            release.countDown();
            for (CompletableFuture<Void> call : calls) {
                call.get();
            }
            // then
            assertThat(model.waitingCalls()).isZero();
        }
    }

    @Test
    void is_warm_when_it_is_built_unless_told_not_to() {
        try (CrossEncoderScoringModel warm = builder().build(bert(), () -> backend)) {
            assertThat(backend.runs).as("%s", warm).containsExactly(1);
        }
        FakeBackend untouched = FakeBackend.onePairARun();
        try (CrossEncoderScoringModel cold = builder().warmUp(false).build(bert(), () -> untouched)) {
            assertThat(untouched.runs).isEmpty();
            assertThat(cold.score("passage", "query").content()).isFinite();
        }
    }

    private static CrossEncoderScoringModel.Builder builder() {
        return TestModels.builder("bert").workers(1);
    }

    private static ModelFiles bert() {
        return ModelFiles.in(TestModels.directory("bert"));
    }
}
