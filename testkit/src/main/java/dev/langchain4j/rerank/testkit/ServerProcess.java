package dev.langchain4j.rerank.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * A server as a child process. Its standard input is a pipe that is closed when this JVM ends, however it ends. A
 * server that stops at the end of its input therefore never outlives its tests.
 */
final class ServerProcess {

    private static final Duration START_TIMEOUT = Duration.ofSeconds(90);
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(10);
    private static final int MAX_OUTPUT = 2_000;

    private final String name;
    private final Process process;
    private final Path log;

    private ServerProcess(String name, Process process, Path log) {
        this.name = name;
        this.process = process;
        this.log = log;
    }

    /**
     * Starts the server and waits until it is ready.
     *
     * @param name name of the server in messages
     * @param ready returns whether the server is ready, given its output so far
     * @throws IllegalStateException if it ends, or is not ready within 90 seconds; the message contains its output
     */
    static ServerProcess start(String name, List<String> command, Predicate<String> ready) {
        ServerProcess server;
        try {
            Path log = Files.createTempFile("server", ".log");
            log.toFile().deleteOnExit();
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            server = new ServerProcess(name, process, log);
        } catch (IOException e) {
            throw new IllegalStateException("cannot run " + command.get(0), e);
        }
        try {
            server.await(ready);
        } catch (IllegalStateException e) {
            server.stop();
            throw e;
        }
        return server;
    }

    private void await(Predicate<String> ready) {
        long end = System.nanoTime() + START_TIMEOUT.toNanos();
        while (!ready.test(output())) {
            boolean ended;
            try {
                ended = process.waitFor(50, TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while " + name + " was starting", e);
            }
            if (ended || System.nanoTime() > end) {
                String output = output();
                throw new IllegalStateException("%s %s; its output:%n%s"
                        .formatted(
                                name,
                                ended
                                        ? "ended with " + process.exitValue()
                                        : "was not ready within " + START_TIMEOUT.toSeconds() + " s",
                                output.substring(Math.max(0, output.length() - MAX_OUTPUT))));
            }
        }
    }

    /** Returns the output so far. */
    String output() {
        try {
            // Lenient decoding: the output may end in the middle of a character.
            return new String(Files.readAllBytes(log), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the output of " + name, e);
        }
    }

    long pid() {
        return process.pid();
    }

    /** Asks the server to stop and waits for it; after 10 seconds it is killed. */
    void stop() {
        process.destroy();
        try {
            if (!process.waitFor(STOP_TIMEOUT.toSeconds(), TimeUnit.SECONDS)) {
                kill();
            }
        } catch (InterruptedException e) {
            kill();
            Thread.currentThread().interrupt();
        }
    }

    /** Kills the server without notice to its clients, and waits until it has ended. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }
}
