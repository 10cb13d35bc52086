package dev.langchain4j.rerank.local.internal.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HubLockTest {

    @TempDir
    Path directory;

    @Test
    void lets_one_thread_in_at_a_time() throws Exception {
        // given
        int threads = 8;
        int rounds = 50;
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        ExecutorService pool = Executors.newFixedThreadPool(threads);

        // when
        CompletableFuture<?>[] runs = new CompletableFuture<?>[threads];
        for (int thread = 0; thread < threads; thread++) {
            runs[thread] = CompletableFuture.runAsync(() -> enter(rounds, inside, most), pool);
        }
        CompletableFuture.allOf(runs).get();
        pool.shutdown();

        // then
        assertThat(most).hasValue(1);
    }

    private void enter(int rounds, AtomicInteger inside, AtomicInteger most) {
        for (int round = 0; round < rounds; round++) {
            try (HubLock lock = HubLock.acquire(directory.resolve("one.lock"))) {
                assertThat(lock).isNotNull();
                most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                inside.decrementAndGet();
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @Test
    void holds_other_files_free() throws Exception {
        try (HubLock one = HubLock.acquire(directory.resolve("one.lock"));
                HubLock two = HubLock.acquire(directory.resolve("two.lock"))) {
            assertThat(one).isNotSameAs(two);
        }
    }

    @Test
    void knows_a_file_by_any_path() throws Exception {
        // given
        Path link = Files.createSymbolicLink(directory.resolve("link"), directory);
        CountDownLatch in = new CountDownLatch(1);
        ExecutorService pool = Executors.newSingleThreadExecutor();

        // when
        Future<?> other;
        try (HubLock lock = HubLock.acquire(directory.resolve("one.lock"))) {
            assertThat(lock).isNotNull();
            other = pool.submit(() -> {
                in.countDown();
                HubLock.acquire(link.resolve("one.lock")).close();
                return null;
            });
            in.await();
            assertThat(other).isNotDone();
        }

        // then
        assertThat(other.get()).isNull();
        pool.shutdown();
    }

    @Test
    void waits_no_longer_when_interrupted() throws Exception {
        // given
        try (HubLock lock = HubLock.acquire(directory.resolve("one.lock"))) {
            assertThat(lock).isNotNull();
            Thread.currentThread().interrupt();

            // when, then
            assertThatThrownBy(() -> HubLock.acquire(directory.resolve("one.lock")))
                    .isInstanceOf(InterruptedException.class);
        }
        HubLock.acquire(directory.resolve("one.lock")).close();
    }

    @Test
    void is_free_again_after_a_failure() throws Exception {
        // given
        Path file = directory.resolve("one.lock");
        Files.createDirectory(file);
        assertThatThrownBy(() -> HubLock.acquire(file)).isInstanceOf(IOException.class);

        // when
        Files.delete(file);

        // then
        HubLock.acquire(file).close();
    }
}
