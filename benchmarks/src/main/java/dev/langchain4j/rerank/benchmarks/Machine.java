package dev.langchain4j.rerank.benchmarks;

import ai.onnxruntime.OrtEnvironment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The machine of a measurement, as far as the system reports it.
 *
 * @param loadAverage of the last minute before the measurement, which shows other work on the machine
 */
public record Machine(
        String cpu,
        int processors,
        List<String> flags,
        String system,
        String java,
        String onnxRuntime,
        String loadAverage) {

    /** The CPU flags that decide the speed of int8 and bf16 arithmetic. */
    private static final List<String> ARITHMETIC = List.of(
            "avx2", "avx_vnni", "avx512f", "avx512_vnni", "avx512_bf16", "amx_int8", "amx_bf16", "asimddp", "i8mm");

    public static Machine here() {
        List<String> present = List.of(cpuInfo("flags", "Features").split(" ", -1));
        return new Machine(
                "%s (family %s, model %s)"
                        .formatted(
                                cpuInfo("model name", "CPU part"),
                                cpuInfo("cpu family", "CPU architecture"),
                                cpuInfo("model\t", "CPU variant")),
                Runtime.getRuntime().availableProcessors(),
                ARITHMETIC.stream().filter(present::contains).toList(),
                System.getProperty("os.name") + " " + System.getProperty("os.version"),
                System.getProperty("java.vm.name") + " " + Runtime.version(),
                OrtEnvironment.getEnvironment().getVersion(),
                loadAverageNow());
    }

    /** Returns the system's load average over the last minute, or "unknown". */
    public static String loadAverageNow() {
        Path file = Path.of("/proc/loadavg");
        return Files.isReadable(file) ? read(file).split(" ", -1)[0] : "unknown";
    }

    /** Returns the value of the first line that starts with one of the names, or "unknown". */
    private static String cpuInfo(String... names) {
        Path file = Path.of("/proc/cpuinfo");
        if (!Files.isReadable(file)) {
            return "unknown";
        }
        return read(file)
                .lines()
                .filter(line -> Stream.of(names).anyMatch(line::startsWith))
                .map(line -> line.substring(line.indexOf(':') + 1).trim())
                .findFirst()
                .orElse("unknown");
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns whether it multiplies bf16 numbers in hardware. */
    public boolean bf16() {
        return flags.contains("amx_bf16") || flags.contains("avx512_bf16");
    }

    /** Returns one line, for the head of a table. */
    public String line() {
        return "%s, %d processors, %s; %s; %s; ONNX Runtime %s. Load average before: %s."
                .formatted(cpu, processors, String.join(" ", flags), system, java, onnxRuntime, loadAverage);
    }
}
