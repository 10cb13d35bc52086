package dev.langchain4j.rerank.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class EngineLoadingTest {

    private final FakeBackend backend = FakeBackend.onePairARun();

    @Test
    void loads_while_the_caller_goes_on() {
        CountDownLatch goneOn = new CountDownLatch(1);
        EngineLoading loading = EngineLoading.start(() -> {
            Latches.await(goneOn);
            return backend;
        });

        goneOn.countDown();

        assertThat(loading.get()).isSameAs(backend);
    }

    @Test
    void loads_with_the_class_loader_of_the_caller() {
        AtomicReference<ClassLoader> seen = new AtomicReference<>();
        ClassLoader application = new ClassLoader(null) {};
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        Thread.currentThread().setContextClassLoader(application);
        try {
            EngineLoading.start(() -> {
                        seen.set(Thread.currentThread().getContextClassLoader());
                        return backend;
                    })
                    .get();
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }

        assertThat(seen).hasValue(application);
    }

    @Test
    void throws_what_loading_failed_with() {
        LocalModelException failure = new LocalModelException("damaged");
        UnsatisfiedLinkError error = new UnsatisfiedLinkError("no library");

        assertThatThrownBy(() -> failing(failure).get()).isSameAs(failure);
        assertThatThrownBy(EngineLoading.start(() -> {
                    throw error;
                })::get)
                .isSameAs(error);
    }

    private static EngineLoading failing(RuntimeException failure) {
        return EngineLoading.start(() -> {
            throw failure;
        });
    }

    @Test
    void closes_an_engine_that_nobody_took() {
        EngineLoading.start(() -> backend).abandon();

        assertThat(backend.closed).isTrue();
    }

    @Test
    void leaves_an_engine_alone_that_was_taken() {
        EngineLoading loading = EngineLoading.start(() -> backend);
        loading.get();

        loading.abandon();

        assertThat(backend.closed).isFalse();
    }

    @Test
    void leaves_the_builder_its_own_failure() {
        failing(new LocalModelException("damaged")).abandon(); // and throws nothing
    }
}
