package dev.langchain4j.rerank.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class FairWorkersTest {

    private final List<String> order = Collections.synchronizedList(new ArrayList<>());

    @Test
    void calls_take_turns() throws InterruptedException {
        FairWorkers workers = new FairWorkers(1, 10);
        Gate gate = new Gate(workers);

        workers.submit(call("large", 5));
        workers.submit(call("small", 2));
        gate.open();
        workers.close();

        assertThat(order).containsExactly("large 0", "small 0", "large 1", "small 1", "large 2", "large 3", "large 4");
    }

    @Test
    void refuses_a_call_when_as_many_wait_as_may() throws InterruptedException {
        FairWorkers workers = new FairWorkers(1, 2);
        Gate gate = new Gate(workers);
        workers.submit(call("first", 1));
        workers.submit(call("second", 1));

        assertThatThrownBy(() -> workers.submit(call("third", 1)))
                .isInstanceOf(RejectedExecutionException.class)
                .hasMessage(
                        "2 calls wait for the workers of this model, the limit of maxWaitingCalls: try again later");

        gate.open();
        workers.close();
        assertThat(order).containsExactly("first 0", "second 0");
    }

    @Test
    void a_withdrawn_call_leaves_its_place_at_once() throws InterruptedException {
        FairWorkers workers = new FairWorkers(1, 1);
        Gate gate = new Gate(workers);
        Queue<Runnable> withdrawn = call("withdrawn", 3);
        workers.submit(withdrawn);

        workers.withdraw(withdrawn);
        workers.submit(call("next", 1));

        gate.open();
        workers.close();
        assertThat(order).containsExactly("next 0");
    }

    @Test
    void runs_what_was_submitted_before_it_closes() throws InterruptedException {
        FairWorkers workers = new FairWorkers(2, 10);
        workers.submit(call("call", 50));

        workers.close();

        assertThat(order).hasSize(50);
    }

    @Test
    void runs_what_a_batch_adds_to_its_call_though_as_many_wait_as_may() throws InterruptedException {
        FairWorkers workers = new FairWorkers(1, 1);
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch otherWaits = new CountDownLatch(1);
        Queue<Runnable> growing = new ArrayDeque<>();
        growing.add(() -> {
            running.countDown();
            Latches.await(otherWaits);
            growing.addAll(call("more", 2));
            workers.goOn(growing);
        });

        workers.submit(growing);
        running.await();
        workers.submit(call("other", 1));
        otherWaits.countDown();
        workers.close();

        assertThat(order).containsExactly("other 0", "more 0", "more 1");
    }

    @Test
    void runs_what_a_batch_adds_to_its_call_after_closing_has_begun() {
        FairWorkers workers = new FairWorkers(1, 10);
        Thread closing = Thread.currentThread();
        Queue<Runnable> growing = new ArrayDeque<>();
        growing.add(() -> {
            while (closing.getState() != Thread.State.TIMED_WAITING) {
                Thread.onSpinWait();
            }
            growing.addAll(call("more", 2));
            workers.goOn(growing);
        });

        workers.submit(growing);
        workers.close();

        assertThat(order).containsExactly("more 0", "more 1");
    }

    @Test
    void refuses_calls_once_closed() {
        FairWorkers workers = new FairWorkers(1, 10);
        workers.close();
        workers.close();

        assertThatThrownBy(() -> workers.submit(call("late", 1))).isInstanceOf(ClosedModelException.class);
    }

    @Test
    void an_interrupt_does_not_end_the_wait_of_close_and_is_kept() throws InterruptedException {
        FairWorkers workers = new FairWorkers(1, 10);
        Gate gate = new Gate(workers);
        boolean[] interrupted = new boolean[1];
        Thread closing = new Thread(() -> {
            Thread.currentThread().interrupt();
            workers.close();
            interrupted[0] = Thread.currentThread().isInterrupted();
        });

        closing.start();
        gate.open();
        closing.join();

        assertThat(interrupted[0]).isTrue();
    }

    @Test
    void works_on_named_daemon_threads() throws InterruptedException {
        FairWorkers workers = new FairWorkers(1, 10);
        List<Thread> threads = new ArrayList<>();
        workers.submit(new ArrayDeque<>(List.of(() -> threads.add(Thread.currentThread()))));
        workers.close();

        assertThat(threads).singleElement().satisfies(thread -> {
            assertThat(thread.isDaemon()).isTrue();
            assertThat(thread.getName()).matches("rerank-local-\\d+-1");
        });
    }

    private Queue<Runnable> call(String name, int batches) {
        Queue<Runnable> call = new ArrayDeque<>();
        IntStream.range(0, batches).forEach(batch -> call.add(() -> order.add(name + " " + batch)));
        return call;
    }

    /** Keeps the only worker busy until it is opened. */
    private static final class Gate {

        private final CountDownLatch open = new CountDownLatch(1);

        private Gate(FairWorkers workers) throws InterruptedException {
            CountDownLatch taken = new CountDownLatch(1);
            workers.submit(new ArrayDeque<>(List.of(() -> {
                taken.countDown();
                Latches.await(open);
            })));
            assertThat(taken.await(10, TimeUnit.SECONDS)).isTrue();
        }

        private void open() {
            open.countDown();
        }
    }
}
