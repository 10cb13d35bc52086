package dev.langchain4j.rerank.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * A Python virtual environment inside the checkout ({@code .venv/NAME}), made from pinned packages on first use and
 * reused afterwards. Safe for many threads and for many processes.
 */
public final class PythonEnvironment {

    private static final Lock LOCK = new ReentrantLock();

    private final Path folder;

    private PythonEnvironment(Path folder) {
        this.folder = folder;
    }

    /**
     * The environment of that name; created if it is not there yet, which takes up to a minute and needs Python 3.10 or
     * later with pip. The interpreter is {@code python3}, or what the environment variable {@code RERANK_PYTHON} names.
     *
     * @param name names the folder; change it when the packages change
     * @param packages what pip installs, each pinned ({@code name==version})
     * @param progress gets a line before each long step
     * @throws IllegalStateException if it cannot be made; says why and what to do
     */
    @SuppressWarnings("try") // the lock is held, not used
    public static PythonEnvironment of(String name, List<String> packages, Consumer<String> progress) {
        Path folder = ProjectDirectory.root().resolve(".venv").resolve(name);
        Path complete = folder.resolve(".complete");
        LOCK.lock();
        try {
            Files.createDirectories(folder);
            // A lock between processes: two test runs must not install into one folder at the same time.
            try (FileChannel channel = FileChannel.open(
                            folder.resolveSibling(name + ".lock"),
                            StandardOpenOption.CREATE,
                            StandardOpenOption.WRITE);
                    FileLock ignored = channel.lock()) {
                PythonEnvironment environment = new PythonEnvironment(folder);
                if (!Files.exists(complete)) {
                    progress.accept("Installing " + String.join(", ", packages) + " from pip into .venv/" + name);
                    environment.install(packages);
                    Files.createFile(complete);
                }
                return environment;
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make the Python environment " + folder, e);
        } finally {
            LOCK.unlock();
        }
    }

    /** The environment's own interpreter. */
    public Path python() {
        Path unix = folder.resolve("bin/python");
        return Files.exists(unix) ? unix : folder.resolve("Scripts/python.exe");
    }

    private void install(List<String> packages) throws IOException {
        String python = System.getenv().getOrDefault("RERANK_PYTHON", "python3");
        run(List.of(python, "-m", "venv", "--clear", folder.toString()));
        List<String> pip = new ArrayList<>(List.of(python().toString(), "-m", "pip", "install", "--quiet"));
        pip.addAll(packages);
        run(pip);
    }

    private static void run(List<String> command) throws IOException {
        Process process;
        try {
            process = new ProcessBuilder(command).redirectErrorStream(true).start();
        } catch (IOException e) {
            throw new IllegalStateException(
                    "cannot run " + command.get(0)
                            + ": install Python 3.10 or later with pip and venv, or set RERANK_PYTHON",
                    e);
        }
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int exit;
        try {
            exit = process.waitFor();
        } catch (InterruptedException e) {
            process.destroy();
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while running " + String.join(" ", command), e);
        }
        if (exit != 0) {
            throw new IllegalStateException("`%s` ended with %d; is pip able to reach its index? It said:%n%s"
                    .formatted(String.join(" ", command), exit, output));
        }
    }
}
