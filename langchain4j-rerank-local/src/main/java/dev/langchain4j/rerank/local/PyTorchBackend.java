package dev.langchain4j.rerank.local;

import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.engine.EngineException;
import ai.djl.inference.Predictor;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.translate.NoopTranslator;
import ai.djl.translate.TranslateException;
import dev.langchain4j.rerank.InvalidOptionException;
import dev.langchain4j.rerank.local.internal.hub.ModelFiles;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.List;

/** PyTorch through DJL: one TorchScript module, used by all workers at the same time. */
final class PyTorchBackend implements InferenceBackend {

    private static final RunLimits ON_CPU = new RunLimits(8, 512);
    private static final RunLimits ON_GPU = new RunLimits(256, 16_384);

    private final Model model;
    private final RunLimits limits;
    private final boolean thirdInput;
    private final ModelOutput output;
    private final String file;

    private PyTorchBackend(Model model, RunLimits limits, boolean thirdInput, ModelOutput output, String file) {
        this.model = model;
        this.limits = limits;
        this.thirdInput = thirdInput;
        this.output = output;
        this.file = file;
    }

    /**
     * Loads {@code model.pt}.
     *
     * @throws LocalModelException if it is damaged or takes other inputs
     * @throws InvalidOptionException if the native library or the device is not available
     */
    static PyTorchBackend load(ModelFiles files, Device device, ModelOutput output) {
        String file = files.locate(ModelFiles.TORCHSCRIPT);
        requireNativeLibrary();
        if (System.getProperty("ai.djl.pytorch.num_threads") == null) {
            System.setProperty("ai.djl.pytorch.num_threads", "1"); // workers provide the parallelism
        }
        Model model = Model.newInstance("reranker", djlDevice(device), "PyTorch");
        try {
            read(model, files);
            RunLimits limits = device.cuda() ? ON_GPU : ON_CPU;
            return new PyTorchBackend(model, limits, takesThirdInput(model, output, file), output, file);
        } catch (IOException | MalformedModelException | EngineException e) {
            model.close();
            throw new LocalModelException("%s is not a TorchScript model: %s".formatted(file, firstLine(e)), e);
        } catch (LocalModelException e) {
            model.close();
            throw e;
        }
    }

    /** Checks for the native library: without it, DJL would download half a gigabyte by itself. */
    private static void requireNativeLibrary() {
        boolean onClassPath =
                PyTorchBackend.class.getClassLoader().getResource("native/lib/pytorch.properties") != null;
        if (!onClassPath && System.getenv("PYTORCH_LIBRARY_PATH") == null) {
            throw new InvalidOptionException(
                    "engine",
                    "no native library for PYTORCH on the class path; add"
                            + " ai.djl.pytorch:pytorch-native-cpu with the classifier of this platform, for instance"
                            + " linux-x86_64, and ai.djl.pytorch:pytorch-jni, or set PYTORCH_LIBRARY_PATH");
        }
    }

    private static ai.djl.Device djlDevice(Device device) {
        if (!device.cuda()) {
            return ai.djl.Device.cpu();
        }
        int gpus = ai.djl.engine.Engine.getEngine("PyTorch").getGpuCount();
        if (device.index() >= gpus) {
            throw new InvalidOptionException(
                    "device",
                    ("PyTorch has no %s, but %d CUDA devices; set PYTORCH_LIBRARY_PATH to the lib folder of a PyTorch for"
                                    + " CUDA and PYTORCH_FLAVOR to cu128, and check the CUDA driver")
                            .formatted(device, gpus));
        }
        return ai.djl.Device.gpu(device.index());
    }

    private static void read(Model model, ModelFiles files) throws IOException, MalformedModelException {
        Path path = files.path(ModelFiles.TORCHSCRIPT);
        if (path == null) {
            model.load(new ByteArrayInputStream(files.read(ModelFiles.TORCHSCRIPT)));
        } else {
            model.load(path.toAbsolutePath().getParent(), path.getFileName().toString());
        }
    }

    /** Runs the module once, because TorchScript does not declare its inputs. */
    private static boolean takesThirdInput(Model model, ModelOutput output, String file) {
        PaddedBatch probe = PaddedBatch.of(List.of(new TokenSequence(new int[2], new int[2], false)));
        try {
            forward(model, probe, output, true);
            return true;
        } catch (TranslateException with) {
            try {
                forward(model, probe, output, false);
                return false;
            } catch (TranslateException without) {
                without.addSuppressed(with);
                throw new LocalModelException(
                        "%s takes neither input_ids and attention_mask nor these and %s: %s"
                                .formatted(
                                        file, causal(output) ? "position_ids" : "token_type_ids", firstLine(without)),
                        without);
            }
        }
    }

    @Override
    public RunLimits limits() {
        return limits;
    }

    @Override
    public float[][] run(List<TokenSequence> sequences) {
        try {
            Answer answer = forward(model, PaddedBatch.of(sequences), output, thirdInput);
            return output.rows(FloatBuffer.wrap(answer.numbers), answer.shape, sequences);
        } catch (IllegalArgumentException e) {
            throw new LocalModelException("%s answers %s".formatted(file, e.getMessage()), e);
        } catch (TranslateException e) {
            String message = String.valueOf(e.getMessage());
            if (message.contains("out of memory") || message.contains("can't allocate memory")) {
                throw new BatchTooLargeException(e);
            }
            throw new LocalModelException("PyTorch could not run %s: %s".formatted(file, lastLine(message)), e);
        }
    }

    private static Answer forward(Model model, PaddedBatch batch, ModelOutput output, boolean thirdInput)
            throws TranslateException {
        try (NDManager manager = model.getNDManager().newSubManager();
                Predictor<NDList, NDList> predictor = model.newPredictor(new NoopTranslator(null))) {
            Shape shape = new Shape(batch.shape());
            NDList inputs = new NDList(manager.create(batch.tokenIds(), shape), manager.create(batch.mask(), shape));
            if (thirdInput) {
                inputs.add(manager.create(causal(output) ? batch.positions() : batch.typeIds(), shape));
            }
            NDList outputs = predictor.predict(inputs);
            outputs.attach(manager);
            try (NDArray numbers = outputs.get(0).toType(DataType.FLOAT32, false)) {
                return new Answer(numbers.toFloatArray(), numbers.getShape().getShape());
            }
        }
    }

    /** Inputs are passed by position, not by name. A causal model has no token types; its third input is the positions. */
    private static boolean causal(ModelOutput output) {
        return output == ModelOutput.NEXT_TOKEN;
    }

    /** Returns the first output, copied from native memory. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Answer(float[] numbers, long[] shape) {}

    private static String firstLine(Throwable e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }

    /** Returns the reason of a failure: TorchScript reports the code that failed, and after it the reason. */
    private static String lastLine(String message) {
        return message.strip().lines().reduce("", (before, line) -> line);
    }

    @Override
    public void close() {
        model.close();
    }
}
