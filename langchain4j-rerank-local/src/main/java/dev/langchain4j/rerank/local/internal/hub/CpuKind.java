package dev.langchain4j.rerank.local.internal.hub;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The kind of a CPU, as far as it decides which of the published quantised files suits it. */
enum CpuKind {
    AVX512_VNNI,
    AVX2,
    ARM64,
    OTHER;

    private static final Path CPU_INFO = Path.of("/proc/cpuinfo");

    /** Returns the kind of this machine's CPU. */
    static CpuKind current() {
        return of(System.getProperty("os.arch"), flags());
    }

    /**
     * Returns the kind of a CPU.
     *
     * @param architecture as in the system property {@code os.arch}
     * @param flags as Linux names them; empty if they are not known, which counts as AVX2 on x86
     */
    static CpuKind of(String architecture, Set<String> flags) {
        return switch (architecture) {
            case "amd64", "x86_64" -> flags.contains("avx512_vnni") ? AVX512_VNNI : AVX2;
            case "aarch64", "arm64" -> ARM64;
            default -> OTHER;
        };
    }

    /** Returns the names of quantised networks without folder and extension, the best for this CPU first. */
    List<String> quantizedStems() {
        Stream<String> own = switch (this) {
            case AVX512_VNNI -> Stream.of("model_qint8_avx512_vnni", "model_qint8_avx512", "model_quint8_avx2");
            // without VNNI, signed weights overflow the 16-bit sums: use the unsigned file
            case AVX2 -> Stream.of("model_quint8_avx2");
            case ARM64 -> Stream.of("model_qint8_arm64");
            case OTHER -> Stream.empty();
        };
        return Stream.concat(own, Stream.of("model_quantized", "model_int8")).toList();
    }

    private static Set<String> flags() {
        if (!Files.isReadable(CPU_INFO)) {
            return Set.of();
        }
        try (Stream<String> lines = Files.lines(CPU_INFO)) {
            return lines.filter(line -> line.startsWith("flags"))
                    .findFirst()
                    .map(line -> Set.copyOf(List.of(line.split("\\s+", -1))))
                    .orElse(Set.of());
        } catch (IOException | UncheckedIOException e) {
            return Set.of();
        }
    }
}
