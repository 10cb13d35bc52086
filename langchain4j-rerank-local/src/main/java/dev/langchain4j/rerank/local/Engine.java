package dev.langchain4j.rerank.local;

import dev.langchain4j.rerank.InvalidOptionException;
import dev.langchain4j.rerank.local.internal.hub.ModelFiles;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** The library that runs a model. */
public enum Engine {

    /** ONNX Runtime; reads {@code model.onnx}. Included in this module, for the CPU. */
    ONNX_RUNTIME(ModelFiles.ONNX, "ai.onnxruntime.OrtEnvironment", "com.microsoft.onnxruntime:onnxruntime") {
        @Override
        InferenceBackend load(ModelFiles files, Device device, ModelOutput output) {
            return OnnxRuntimeBackend.load(files, device, output);
        }
    },

    /**
     * PyTorch, through DJL; reads {@code model.pt}, a TorchScript trace that takes input_ids, attention_mask and
     * optionally token_type_ids (a causal language model: position_ids), in this order, and returns the logits or token
     * vectors. TorchScript can contain arbitrary code: load only models that you trust. Needs {@code
     * ai.djl.pytorch:pytorch-engine}, {@code pytorch-jni} and {@code pytorch-native-cpu} with the classifier of your
     * platform on the class path. For CUDA, for which Maven Central has no library, the environment variable {@code
     * PYTORCH_LIBRARY_PATH} is the lib folder of a PyTorch 2.7.1 for CUDA 12.8, and {@code PYTORCH_FLAVOR} is {@code
     * cu128}. Sets the system property {@code ai.djl.pytorch.num_threads}, which applies to the whole process, to 1
     * unless you have set it.
     */
    PYTORCH(ModelFiles.TORCHSCRIPT, "ai.djl.pytorch.engine.PtEngine", "ai.djl.pytorch:pytorch-engine") {
        @Override
        InferenceBackend load(ModelFiles files, Device device, ModelOutput output) {
            return PyTorchBackend.load(files, device, output);
        }
    };

    private final String file;
    private final String entryClass;
    private final String artifact;

    Engine(String file, String entryClass, String artifact) {
        this.file = file;
        this.entryClass = entryClass;
        this.artifact = artifact;
    }

    /** Returns the first engine that the model has a file for. */
    static Engine of(ModelFiles files) {
        return Arrays.stream(values())
                .filter(engine -> files.has(engine.file))
                .findFirst()
                .orElseThrow(() -> new InvalidOptionException(
                        files.option(),
                        "no file %s"
                                .formatted(Arrays.stream(values())
                                        .map(engine -> files.locate(engine.file))
                                        .collect(Collectors.joining(" or ")))));
    }

    /**
     * Checks that the model's file and the engine's classes are there.
     *
     * @throws InvalidOptionException if the engine's file is missing or the engine is not on the class path
     */
    final void require(ModelFiles files) {
        if (!files.has(file)) {
            throw new InvalidOptionException(
                    files.option(), "no file %s, which %s reads".formatted(files.locate(file), this));
        }
        try {
            Class.forName(entryClass, false, Engine.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new InvalidOptionException(
                    "engine", "%s is not on the class path; add %s".formatted(this, artifact), e);
        }
    }

    /**
     * Loads a model on each device, when {@link #require} found nothing missing.
     *
     * @throws InvalidOptionException if the native library or a device is not available
     * @throws LocalModelException if the file is damaged or another kind of model
     */
    final InferenceBackend load(ModelFiles files, List<Device> devices, ModelOutput output) {
        List<InferenceBackend> loaded = new ArrayList<>();
        try {
            devices.forEach(device -> loaded.add(load(files, device, output)));
        } catch (RuntimeException e) {
            loaded.forEach(InferenceBackend::close);
            throw e;
        }
        return loaded.size() == 1 ? loaded.get(0) : new MultiDeviceBackend(loaded);
    }

    /** Loads the file, which exists; the first output of a TorchScript model is read, whatever its name. */
    abstract InferenceBackend load(ModelFiles files, Device device, ModelOutput output);
}
