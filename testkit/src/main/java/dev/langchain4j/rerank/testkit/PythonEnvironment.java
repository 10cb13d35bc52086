package dev.langchain4j.rerank.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * A Python virtual environment inside the checkout ({@code .venv/NAME}), created from pinned packages on first use and
 * reused afterwards. Safe for concurrent use by threads and processes.
 */
public final class PythonEnvironment {

    private static final Lock LOCK = new ReentrantLock();

    private final Path folder;

    private PythonEnvironment(Path folder) {
        this.folder = folder;
    }

    /**
     * Returns the environment with that name. It is created if it does not exist, which takes up to a minute and
     * requires Python 3.10 or later with pip. The interpreter is {@code python3}, or the one in the environment
     * variable {@code RERANK_PYTHON}.
     *
     * @param name name of the folder; change it when the packages change
     * @param packages packages to install, each pinned ({@code name==version})
     * @param progress receives a line before each long step
     * @throws IllegalStateException if it cannot be created; the message gives the reason and the remedy
     */
    public static PythonEnvironment of(String name, List<String> packages, Consumer<String> progress) {
        Path folder = ProjectDirectory.root().resolve(".venv").resolve(name);
        PythonEnvironment environment = new PythonEnvironment(folder);
        environment.once(folder.resolve(".complete"), () -> {
            progress.accept("Installing " + String.join(", ", packages) + " from pip into .venv/" + name);
            environment.install(packages);
            Files.createFile(folder.resolve(".complete"));
        });
        return environment;
    }

    /** Returns the interpreter of the environment. */
    public Path python() {
        Path unix = folder.resolve("bin/python");
        return Files.exists(unix) ? unix : folder.resolve("Scripts/python.exe");
    }

    /** Returns the command that runs a script of the testkit in this environment. */
    List<String> command(String script, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(python().toString(), "-c", source(script)));
        command.addAll(arguments);
        return command;
    }

    /**
     * Returns a file inside the environment that a script of the testkit writes on first use.
     *
     * @param name name of the file; change it when the script changes
     * @param script called with the arguments and, as the last one, the path of the file
     * @throws IllegalStateException if the script fails; the message contains its output
     */
    Path file(String name, String script, List<String> arguments, Consumer<String> progress) {
        Path file = folder.resolve(name);
        once(file, () -> {
            progress.accept("Writing .venv/" + folder.getFileName() + "/" + name);
            Path part = folder.resolve(name + ".part");
            List<String> command = command(script, arguments);
            command.add(part.toString());
            run(script, command);
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        });
        return file;
    }

    /** Creates a file unless it exists. Only one thread of one process does so at a time. */
    @SuppressWarnings("try") // the lock is held, not used
    private void once(Path file, Maker maker) {
        LOCK.lock();
        try {
            Files.createDirectories(folder);
            // A lock between processes: two test runs must not install into the same folder at the same time.
            try (FileChannel channel = FileChannel.open(
                            folder.resolveSibling(folder.getFileName() + ".lock"),
                            StandardOpenOption.CREATE,
                            StandardOpenOption.WRITE);
                    FileLock ignored = channel.lock()) {
                if (!Files.exists(file)) {
                    maker.make();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot create " + file, e);
        } finally {
            LOCK.unlock();
        }
    }

    private interface Maker {
        void make() throws IOException;
    }

    private static String source(String script) {
        try (InputStream source = PythonEnvironment.class.getResourceAsStream(script)) {
            if (source == null) {
                throw new IllegalStateException(script + " is missing from the testkit");
            }
            return new String(source.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void install(List<String> packages) throws IOException {
        String python = System.getenv().getOrDefault("RERANK_PYTHON", "python3");
        List<String> venv = List.of(python, "-m", "venv", "--clear", folder.toString());
        run(String.join(" ", venv), venv);
        List<String> pip = new ArrayList<>(List.of(python().toString(), "-m", "pip", "install", "--quiet"));
        pip.addAll(packages);
        run(String.join(" ", pip), pip);
    }

    private static void run(String name, List<String> command) throws IOException {
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
            throw new IllegalStateException("interrupted while running " + name, e);
        }
        if (exit != 0) {
            throw new IllegalStateException("`%s` ended with %d; check that pip can reach its index. Output:%n%s"
                    .formatted(name, exit, output));
        }
    }
}
