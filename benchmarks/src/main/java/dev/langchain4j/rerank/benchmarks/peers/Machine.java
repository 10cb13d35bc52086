package dev.langchain4j.rerank.benchmarks.peers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What the numbers were measured on, as far as the system tells. */
public record Machine(String cpu, int processors, List<String> flags, String system, String java) {

    /** What decides the speed of int8 and bf16 arithmetic. */
    private static final List<String> ARITHMETIC = List.of(
            "avx2", "avx_vnni", "avx512f", "avx512_vnni", "avx512_bf16", "amx_int8", "amx_bf16", "asimddp", "i8mm");

    public static Machine here() {
        List<String> present = List.of(cpuInfo("flags", "Features").split(" ", -1));
        return new Machine(
                cpuInfo("model name", "CPU part"),
                Runtime.getRuntime().availableProcessors(),
                ARITHMETIC.stream().filter(present::contains).toList(),
                System.getProperty("os.name") + " " + System.getProperty("os.version"),
                System.getProperty("java.vm.name") + " " + Runtime.version());
    }

    /** The value of the first line of that name, "unknown" where there is none. */
    private static String cpuInfo(String... names) {
        Path file = Path.of("/proc/cpuinfo");
        if (!Files.isReadable(file)) {
            return "unknown";
        }
        try (Stream<String> lines = Files.lines(file)) {
            return lines.filter(line -> Stream.of(names).anyMatch(line::startsWith))
                    .map(line -> line.substring(line.indexOf(':') + 1).trim())
                    .findFirst()
                    .orElse("unknown");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether it multiplies bf16 numbers in hardware. */
    boolean bf16() {
        return flags.contains("amx_bf16") || flags.contains("avx512_bf16");
    }

    /** One line, for a table's foot. */
    public String line() {
        return "%s, %d processors, %s; %s; %s".formatted(cpu, processors, String.join(" ", flags), system, java);
    }
}
