package dev.langchain4j.rerank.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.langchain4j.rerank.testkit.ProjectDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The report of one measurement: each line is printed at once, on the console and in {@code NAME.md} under
 * {@code benchmarks/results}; the numbers are written to {@code NAME.json} when it is closed. Both name the machine.
 */
public final class Report implements AutoCloseable {

    private final Path folder;
    private final String name;
    private final Map<String, Object> raw = new LinkedHashMap<>();

    /**
     * Starts a new file.
     *
     * @param command the arguments of {@code ./benchmarks/run}
     */
    public Report(String name, String title, String command, boolean quick) {
        this.folder = folder(quick);
        this.name = name;
        Machine machine = Machine.here();
        String date = LocalDate.now(ZoneOffset.UTC).toString();
        raw.put("command", "./benchmarks/run " + command);
        raw.put("date", date);
        raw.put("machine", machine);
        write("", StandardOpenOption.TRUNCATE_EXISTING);
        line("# %s%n%n`./benchmarks/run %s`, %s. %s%n", title, command, date, machine.line());
    }

    /** Returns the directory of results; results of a quick run go below {@code target} and are not kept. */
    public static Path folder(boolean quick) {
        Path folder = ProjectDirectory.root().resolve(quick ? "benchmarks/target/results" : "benchmarks/results");
        try {
            return Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Formats a line and prints it. */
    public void line(String format, Object... values) {
        String line = String.format(Locale.ROOT, format, values);
        System.out.println(line);
        write(line + "\n", StandardOpenOption.APPEND);
    }

    /** Adds numbers for the JSON file. */
    public void raw(String key, Object value) {
        raw.put(key, value);
    }

    private void write(String text, StandardOpenOption how) {
        try {
            Files.writeString(
                    folder.resolve(name + ".md"), text, StandardOpenOption.CREATE, StandardOpenOption.WRITE, how);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes the JSON file. */
    @Override
    public void close() {
        raw.put("loadAverageAfter", Machine.loadAverageNow());
        try {
            new ObjectMapper()
                    .enable(SerializationFeature.INDENT_OUTPUT)
                    .writeValue(folder.resolve(name + ".json").toFile(), raw);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        System.out.println("Written to " + folder);
    }
}
