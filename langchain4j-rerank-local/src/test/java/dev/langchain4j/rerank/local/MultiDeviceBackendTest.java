package dev.langchain4j.rerank.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class MultiDeviceBackendTest {

    private static final List<TokenSequence> ONE_PAIR = List.of(new TokenSequence(new int[3], new int[3], false));

    private final FakeBackend first = FakeBackend.onePairARun();
    private final FakeBackend second = FakeBackend.onePairARun();

    @Test
    void a_run_goes_to_the_device_that_has_the_fewest() throws InterruptedException {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        first.answering(pair -> {
            running.countDown();
            Latches.await(release);
            return new float[1];
        });
        MultiDeviceBackend spread = new MultiDeviceBackend(List.of(first, second));
        Thread busy = new Thread(() -> spread.run(ONE_PAIR));
        busy.start();
        Latches.await(running);

        spread.run(ONE_PAIR);
        spread.run(ONE_PAIR);

        assertThat(second.runs).hasSize(2);
        release.countDown();
        busy.join();
        spread.run(ONE_PAIR);
        assertThat(first.runs).hasSize(2);
    }

    @Test
    void closes_every_device() {
        new MultiDeviceBackend(List.of(first, second)).close();

        assertThat(first.closed).isTrue();
        assertThat(second.closed).isTrue();
    }
}
