package dev.langchain4j.rerank.local;

/** What runs a model's graph. */
public enum Engine {

    /** ONNX Runtime; reads {@code model.onnx}. Comes with this module. */
    ONNX_RUNTIME,

    /**
     * PyTorch through DJL; reads {@code model.pt} (TorchScript, which can run code of its own: load only what you
     * trust). Needs {@code ai.djl.pytorch:pytorch-engine} and a native library on the class path.
     */
    PYTORCH
}
