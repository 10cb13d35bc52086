package dev.langchain4j.rerank.local;

import java.util.List;

/**
 * Which of the ONNX files that a hub model publishes is used. The names are those of sentence-transformers' and
 * Optimum's exports; each is looked for in the folder {@code onnx} first and beside {@code config.json} then.
 */
public enum OnnxVariant {

    /** The exported weights as they are: {@code model.onnx}. */
    FP32("model"),

    /** Half precision, for GPUs: {@code model_fp16.onnx}. */
    FP16("model_fp16"),

    /**
     * 8-bit weights for this machine's CPU: {@code model_qint8_avx512_vnni.onnx}, {@code model_quint8_avx2.onnx} or
     * {@code model_qint8_arm64.onnx}, else {@code model_quantized.onnx} or {@code model_int8.onnx}. A quarter of the
     * size and faster; scores move by some tenths of a logit.
     */
    QUANTIZED("model_quantized"),

    /** Basic graph optimisations: {@code model_O1.onnx}. */
    O1("model_O1"),

    /** Further fusions for transformers: {@code model_O2.onnx}. */
    O2("model_O2"),

    /** O2 and an approximated GELU: {@code model_O3.onnx}. */
    O3("model_O3"),

    /** O3 in half precision, for GPUs: {@code model_O4.onnx}. */
    O4("model_O4");

    private final String stem;

    OnnxVariant(String stem) {
        this.stem = stem;
    }

    /** Names of the file without folder and ending, the best first. */
    List<String> stems(HubCpu cpu) {
        return this == QUANTIZED ? cpu.quantizedStems() : List.of(stem);
    }
}
