package dev.langchain4j.rerank.it;

import ai.onnxruntime.OrtEnvironment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Decides whether int8 scores must equal those of the reference files. These were computed with onnxruntime 1.21.1 on a
 * CPU with AVX512-VNNI; other versions and instruction sets round differently.
 */
final class ReferenceRuntime {

    private static final String VERSION = "1.21.1";

    private ReferenceRuntime() {}

    static boolean isHere() {
        return OrtEnvironment.getEnvironment().getVersion().equals(VERSION) && hasVnni();
    }

    private static boolean hasVnni() {
        try {
            Path cpu = Path.of("/proc/cpuinfo");
            return Files.exists(cpu) && Files.readString(cpu).contains("avx512_vnni");
        } catch (IOException e) {
            return false;
        }
    }
}
