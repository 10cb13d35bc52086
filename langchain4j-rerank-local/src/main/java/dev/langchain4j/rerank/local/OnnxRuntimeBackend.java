package dev.langchain4j.rerank.local;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * ONNX Runtime through its own Java API: one session, run by all workers at the same time, each run on the thread that
 * asks for it.
 *
 * <p>The process has one {@link OrtEnvironment}, which LangChain4j's in-process embedding models may have created
 * before: this takes it as it is and never closes it.
 */
final class OnnxRuntimeBackend implements InferenceBackend {

    static final String FILE = "model.onnx";

    private static final String IDS = "input_ids";
    private static final String MASK = "attention_mask";
    private static final String TYPES = "token_type_ids";
    private static final Set<String> INPUTS = Set.of(IDS, MASK, TYPES);

    /** A few short passages fill a core's caches; more in a run is slower (docs/performance.md). */
    private static final RunLimits FLOAT_ON_CPU = new RunLimits(16, 256);

    private static final RunLimits FLOAT_ON_GPU = new RunLimits(256, 16_384);
    private static final RunLimits ONE_PAIR = new RunLimits(1, 0);

    /** What its allocators say, which have no error code of their own. */
    private static final Pattern OUT_OF_MEMORY =
            Pattern.compile("(?i)bad_alloc|bad allocation|failed to allocate memory|out of memory");

    private final OrtEnvironment environment;
    private final OrtSession session;
    private final RunLimits limits;
    private final String output;
    private final String file;

    private OnnxRuntimeBackend(
            OrtEnvironment environment, OrtSession session, RunLimits limits, String output, String file) {
        this.environment = environment;
        this.session = session;
        this.limits = limits;
        this.output = output;
        this.file = file;
    }

    /**
     * Loads {@code model.onnx}.
     *
     * @throws LocalModelException if it is damaged, is no cross-encoder, or has weights outside its directory
     * @throws IllegalStateException if the device cannot be had
     */
    static OnnxRuntimeBackend load(ModelFiles files, Device device) {
        String file = files.locate(FILE);
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try (SessionOptions options = new SessionOptions()) {
            ByteBuffer content = content(files);
            OnnxGraph graph = OnnxGraph.read(content);
            refuseEscapingWeights(graph, file, files.path(FILE) != null);
            configure(options, device);
            OrtSession session = open(environment, options, files.path(FILE), content);
            try {
                refuseForeignInputs(session, file);
                return new OnnxRuntimeBackend(
                        environment, session, limits(graph, device), scoreOutput(session, file), file);
            } catch (LocalModelException e) {
                session.close();
                throw e;
            }
        } catch (IllegalArgumentException e) {
            throw new LocalModelException("%s is not an ONNX model: %s".formatted(file, e.getMessage()), e);
        } catch (OrtException | IOException e) {
            throw new LocalModelException("%s could not be loaded: %s".formatted(file, e.getMessage()), e);
        }
    }

    /** Mapped where it is on disk; else read once, which from a jar costs more than all else. */
    private static ByteBuffer content(ModelFiles files) throws IOException {
        Path path = files.path(FILE);
        if (path == null) {
            return ByteBuffer.wrap(files.read(FILE));
        }
        try (FileChannel channel = FileChannel.open(path)) {
            return channel.map(MapMode.READ_ONLY, 0, Math.min(channel.size(), Integer.MAX_VALUE));
        }
    }

    private static void refuseEscapingWeights(OnnxGraph graph, String file, boolean onDisk) {
        for (String location : graph.externalFiles()) {
            Path path = Path.of(location).normalize();
            if (!onDisk || path.isAbsolute() || path.startsWith("..")) {
                throw new LocalModelException(
                        "%s keeps weights in %s, which is not beside it".formatted(file, location));
            }
        }
    }

    /** One thread a run: workers bring the parallelism, and a pair's cost and score do not depend on their number. */
    private static void configure(SessionOptions options, Device device) throws OrtException {
        options.setIntraOpNumThreads(1);
        options.setInterOpNumThreads(1);
        options.setExecutionMode(SessionOptions.ExecutionMode.SEQUENTIAL);
        options.setOptimizationLevel(SessionOptions.OptLevel.ALL_OPT);
        options.setMemoryPatternOptimization(false); // keeps a plan for each length that ever came
        if (device.cuda()) {
            useCuda(options, device);
        }
    }

    private static void useCuda(SessionOptions options, Device device) {
        try {
            options.addCUDA(device.index());
        } catch (OrtException e) {
            throw new IllegalStateException(
                    ("ONNX Runtime cannot use %s (%s); put com.microsoft.onnxruntime:onnxruntime_gpu in the place of"
                                    + " onnxruntime, and check the CUDA driver")
                            .formatted(device, e.getMessage()),
                    e);
        }
    }

    @SuppressWarnings("ByteBufferBackingArray") // content() wraps a whole array where there is no path
    private static OrtSession open(
            OrtEnvironment environment, SessionOptions options, @Nullable Path path, ByteBuffer content)
            throws OrtException {
        return path == null
                ? environment.createSession(content.array(), options)
                : environment.createSession(path.toString(), options);
    }

    private static RunLimits limits(OnnxGraph graph, Device device) {
        if (graph.quantizesDynamically()) {
            return ONE_PAIR;
        }
        return device.cuda() ? FLOAT_ON_GPU : FLOAT_ON_CPU;
    }

    private static void refuseForeignInputs(OrtSession session, String file) {
        if (!session.getInputNames().contains(IDS) || !INPUTS.containsAll(session.getInputNames())) {
            throw new LocalModelException("%s reads %s; a cross-encoder reads %s and may read %s and %s"
                    .formatted(file, session.getInputNames(), IDS, MASK, TYPES));
        }
    }

    private static String scoreOutput(OrtSession session, String file) throws OrtException {
        Map<String, NodeInfo> outputs = session.getOutputInfo();
        if (outputs.containsKey("logits")) {
            return "logits";
        }
        if (outputs.size() != 1) {
            throw new LocalModelException("%s has the outputs %s; a cross-encoder has one, or one named logits"
                    .formatted(file, outputs.keySet()));
        }
        return outputs.keySet().iterator().next();
    }

    @Override
    public RunLimits limits() {
        return limits;
    }

    @Override
    public float[][] run(List<TokenizedPair> pairs) {
        Map<String, OnnxTensor> inputs = new LinkedHashMap<>();
        try {
            PaddedBatch batch = PaddedBatch.of(pairs);
            for (String name : session.getInputNames()) {
                inputs.put(name, tensor(batch, name));
            }
            try (OrtSession.Result result = session.run(inputs, Set.of(output))) {
                return logits(result.get(0), pairs.size());
            }
        } catch (OrtException e) {
            if (OUT_OF_MEMORY.matcher(e.getMessage()).find()) {
                throw new BatchTooLargeException(e);
            }
            throw new LocalModelException("ONNX Runtime could not run %s: %s".formatted(file, e.getMessage()), e);
        } finally {
            inputs.values().forEach(OnnxTensor::close);
        }
    }

    private OnnxTensor tensor(PaddedBatch batch, String name) throws OrtException {
        long[] values = switch (name) {
            case IDS -> batch.tokenIds();
            case MASK -> batch.mask();
            default -> batch.typeIds();
        };
        return OnnxTensor.createTensor(environment, LongBuffer.wrap(values), batch.shape());
    }

    private float[][] logits(@Nullable OnnxValue value, int rows) {
        FloatBuffer numbers = value instanceof OnnxTensor tensor ? tensor.getFloatBuffer() : null;
        if (numbers == null || numbers.remaining() == 0 || numbers.remaining() % rows != 0) {
            throw new LocalModelException("%s answers no logits, but %s".formatted(file, value));
        }
        int columns = numbers.remaining() / rows;
        float[][] logits = new float[rows][columns];
        for (float[] row : logits) {
            numbers.get(row);
        }
        return logits;
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (OrtException e) {
            throw new LocalModelException("%s could not be closed: %s".formatted(file, e.getMessage()), e);
        }
    }
}
