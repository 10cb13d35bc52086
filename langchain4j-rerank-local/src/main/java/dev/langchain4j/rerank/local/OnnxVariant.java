package dev.langchain4j.rerank.local;

/**
 * The ONNX file of a hub model that is used. The names are those of sentence-transformers' and Optimum's exports; each
 * is looked up in the folder {@code onnx} first and then beside {@code config.json}.
 */
public enum OnnxVariant {

    /** The exported weights, unchanged: {@code model.onnx}. */
    FP32,

    /** Half precision, for GPUs: {@code model_fp16.onnx}. */
    FP16,

    /**
     * 8-bit weights for this machine's CPU: {@code model_qint8_avx512_vnni.onnx}, {@code model_quint8_avx2.onnx} or
     * {@code model_qint8_arm64.onnx}, otherwise {@code model_quantized.onnx} or {@code model_int8.onnx}. A quarter of
     * the size and faster; scores differ by some tenths of a logit.
     */
    QUANTIZED,

    /** Basic graph optimisations: {@code model_O1.onnx}. */
    O1,

    /** Further fusions for transformers: {@code model_O2.onnx}. */
    O2,

    /** O2 and an approximated GELU: {@code model_O3.onnx}. */
    O3,

    /** O3 in half precision, for GPUs: {@code model_O4.onnx}. */
    O4
}
