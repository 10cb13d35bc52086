package dev.langchain4j.rerank.examples;

import dev.langchain4j.rerank.examples.web.WebChat;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Runs a command of {@code ./demo} and ends it in order: Ctrl-C interrupts the command, which closes everything that it
 * has opened, Milvus and the models included. The default handling of the JVM would free the memory of a running
 * inference: ONNX Runtime's shutdown hook does so, which crashes the JVM.
 */
public final class Demo {

    private static final int PATIENCE_SECONDS = 30;
    private static final int SIGNALLED = 128;

    private final AtomicInteger signal = new AtomicInteger();
    private final CountDownLatch ended = new CountDownLatch(1);

    private Demo() {}

    /**
     * Runs one command and ends the JVM with exit code 0, 1 if the command failed, or 128 plus the number of the signal
     * that ended it.
     *
     * @param args {@code tour}, {@code chat}, {@code web}, {@code ingest} or {@code evaluate}, and its arguments
     */
    public static void main(String[] args) {
        System.exit(new Demo().run(List.of(args), System.out, System.err));
    }

    private interface Command {
        void run() throws IOException, InterruptedException;
    }

    private int run(List<String> arguments, PrintStream out, PrintStream err) {
        interruptOnSignal(Thread.currentThread());
        int status = 0;
        try {
            command(arguments, out).run();
        } catch (IllegalArgumentException | IllegalStateException | UncheckedIOException e) {
            status = failed(e, err);
        } catch (InterruptedException | IOException e) {
            status = failed(e, err);
        } catch (RuntimeException e) {
            if (signal.get() == 0) {
                throw e;
            }
        } finally {
            ended.countDown();
        }
        return signal.get() == 0 ? status : SIGNALLED + signal.get();
    }

    private static Command command(List<String> arguments, PrintStream out) {
        String name = arguments.isEmpty() ? "tour" : arguments.get(0);
        List<String> rest = arguments.isEmpty() ? arguments : arguments.subList(1, arguments.size());
        return switch (name) {
            case "tour" -> () -> RagOverMilvus.main(new String[0]);
            case "chat" -> () -> ConsoleChat.main(new String[0]);
            case "web" -> () -> WebChat.main(rest, out);
            case "ingest" -> () -> Ingest.main(rest, workingDirectory(), out);
            case "evaluate" ->
                () -> Evaluate.main(EvaluateOptions.of(rest, workingDirectory()), Documents.root(System.getenv()), out);
            default -> throw new IllegalArgumentException("unknown command " + name + ": see ./demo --help");
        };
    }

    /** Returns the user's directory; the script itself runs in the root of the checkout. */
    private static Path workingDirectory() {
        return Path.of(System.getenv().getOrDefault("DEMO_DIRECTORY", ""));
    }

    /** Prints the message only, which names problem and remedy; a stack trace would hide it. */
    private int failed(Exception problem, PrintStream err) {
        if (signal.get() == 0) {
            err.println("demo: " + problem.getMessage());
        }
        return 1;
    }

    private void interruptOnSignal(Thread program) {
        for (String name : Arrays.asList("INT", "TERM", "HUP")) {
            Signals.handle(name, number -> {
                if (signal.compareAndSet(0, number)) {
                    program.interrupt();
                    haltIfItHangs(number);
                } else {
                    Runtime.getRuntime().halt(SIGNALLED + number);
                }
            });
        }
    }

    private void haltIfItHangs(int number) {
        try {
            if (!ended.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                Runtime.getRuntime().halt(SIGNALLED + number);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
