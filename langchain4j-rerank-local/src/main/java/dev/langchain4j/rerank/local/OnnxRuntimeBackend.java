package dev.langchain4j.rerank.local;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import ai.onnxruntime.TensorInfo;
import dev.langchain4j.rerank.InvalidOptionException;
import dev.langchain4j.rerank.local.internal.hub.ModelFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * ONNX Runtime through its own Java API: one session, used by all workers at the same time; each run executes on the
 * calling thread.
 *
 * <p>The process has one {@link OrtEnvironment}, which LangChain4j's in-process embedding models may have created
 * before: this uses it as it is and never closes it.
 */
final class OnnxRuntimeBackend implements InferenceBackend {

    private static final String IDS = "input_ids";
    private static final String MASK = "attention_mask";
    private static final String TYPES = "token_type_ids";
    private static final String POSITIONS = "position_ids";
    private static final String LOGITS_TO_KEEP = "num_logits_to_keep";
    private static final String PAST = "past_key_values.";
    private static final Set<String> INPUTS = Set.of(IDS, MASK, TYPES, POSITIONS, LOGITS_TO_KEEP);

    /** A few short passages fill the caches of a core; larger runs are slower (docs/explanation/performance.md). */
    private static final RunLimits FLOAT_ON_CPU = new RunLimits(16, 256);

    private static final RunLimits FLOAT_ON_GPU = new RunLimits(256, 16_384);

    /** Messages of its allocators, which have no error code of their own. */
    private static final Pattern OUT_OF_MEMORY =
            Pattern.compile("(?i)bad_alloc|bad allocation|failed to allocate memory|out of memory");

    private final OrtEnvironment environment;
    private final OrtSession session;
    private final Map<String, TensorInfo> inputs;
    private final RunLimits limits;
    private final ModelOutput output;
    private final String outputName;
    private final String file;

    private OnnxRuntimeBackend(
            OrtEnvironment environment,
            OrtSession session,
            Map<String, TensorInfo> inputs,
            RunLimits limits,
            ModelOutput output,
            String file)
            throws OrtException {
        this.environment = environment;
        this.session = session;
        this.inputs = inputs;
        this.limits = limits;
        this.output = output;
        this.outputName = outputName(session, output, file);
        this.file = file;
    }

    /**
     * Loads {@code model.onnx}.
     *
     * @throws LocalModelException if it is damaged, is no reranker, or has weights outside its directory
     * @throws InvalidOptionException if the device is not available
     */
    static OnnxRuntimeBackend load(ModelFiles files, Device device, ModelOutput output) {
        String file = files.locate(ModelFiles.ONNX);
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try (SessionOptions options = new SessionOptions()) {
            ByteBuffer content = content(files);
            OnnxGraph graph = OnnxGraph.read(content);
            refuseEscapingWeights(graph, file, files.path(ModelFiles.ONNX) != null);
            configure(options, device);
            OrtSession session = open(environment, options, files.path(ModelFiles.ONNX), content);
            try {
                Map<String, TensorInfo> inputs = inputs(session, file);
                RunLimits limits = limits(graph, inputs, device);
                return new OnnxRuntimeBackend(environment, session, inputs, limits, output, file);
            } catch (LocalModelException e) {
                session.close();
                throw e;
            }
        } catch (InvalidOptionException e) {
            throw e;
        } catch (IllegalArgumentException e) {
            throw new LocalModelException("%s is not an ONNX model: %s".formatted(file, e.getMessage()), e);
        } catch (OrtException | IOException e) {
            throw new LocalModelException("%s could not be loaded: %s".formatted(file, e.getMessage()), e);
        }
    }

    /**
     * Returns the file, mapped if it is on disk; otherwise read once, which for a jar takes longer than everything
     * else.
     */
    static ByteBuffer content(ModelFiles files) throws IOException {
        Path path = files.path(ModelFiles.ONNX);
        if (path == null) {
            return ByteBuffer.wrap(files.read(ModelFiles.ONNX));
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

    /**
     * One thread per run: workers provide the parallelism, and the cost and score of a pair do not depend on their
     * number.
     */
    private static void configure(SessionOptions options, Device device) throws OrtException {
        options.setIntraOpNumThreads(1);
        options.setInterOpNumThreads(1);
        options.setExecutionMode(SessionOptions.ExecutionMode.SEQUENTIAL);
        options.setOptimizationLevel(SessionOptions.OptLevel.ALL_OPT);
        options.setMemoryPatternOptimization(false); // it would keep a plan for each length it has seen
        if (device.cuda()) {
            useCuda(options, device);
        }
    }

    private static void useCuda(SessionOptions options, Device device) {
        try {
            options.addCUDA(device.index());
        } catch (OrtException e) {
            throw new InvalidOptionException(
                    "device",
                    ("ONNX Runtime cannot use %s (%s): replace onnxruntime with"
                                    + " com.microsoft.onnxruntime:onnxruntime_gpu, and check the CUDA driver")
                            .formatted(device, e.getMessage()),
                    e);
        }
    }

    @SuppressWarnings("ByteBufferBackingArray") // content() wraps the whole array if there is no path
    private static OrtSession open(
            OrtEnvironment environment, SessionOptions options, @Nullable Path path, ByteBuffer content)
            throws OrtException {
        return path == null
                ? environment.createSession(content.array(), options)
                : environment.createSession(path.toString(), options);
    }

    private static RunLimits limits(OnnxGraph graph, Map<String, TensorInfo> inputs, Device device) {
        if (graph.quantizesDynamically() || readsOneSequence(inputs)) {
            return RunLimits.ONE;
        }
        return device.cuda() ? FLOAT_ON_GPU : FLOAT_ON_CPU;
    }

    /**
     * Returns whether a graph cannot read sequences of different length in one run: it has no mask to hide padding, it
     * keeps the last logits of a run, which are those of padding, or it was exported for one sequence.
     */
    private static boolean readsOneSequence(Map<String, TensorInfo> inputs) {
        TensorInfo ids = inputs.get(IDS);
        boolean oneRow = ids != null && ids.getShape()[0] == 1;
        return oneRow || !inputs.containsKey(MASK) || inputs.containsKey(LOGITS_TO_KEEP);
    }

    private static Map<String, TensorInfo> inputs(OrtSession session, String file) throws OrtException {
        Map<String, TensorInfo> inputs = new LinkedHashMap<>();
        for (NodeInfo input : session.getInputInfo().values()) {
            boolean known = INPUTS.contains(input.getName()) || input.getName().startsWith(PAST);
            if (!known || !(input.getInfo() instanceof TensorInfo tensor)) {
                throw foreignInputs(session, file);
            }
            inputs.put(input.getName(), tensor);
        }
        if (!inputs.containsKey(IDS)) {
            throw foreignInputs(session, file);
        }
        return inputs;
    }

    private static LocalModelException foreignInputs(OrtSession session, String file) {
        return new LocalModelException("%s reads %s; a reranker reads %s and may read %s, %s, %s, %s and %s*"
                .formatted(file, session.getInputNames(), IDS, MASK, TYPES, POSITIONS, LOGITS_TO_KEEP, PAST));
    }

    private static String outputName(OrtSession session, ModelOutput output, String file) throws OrtException {
        Map<String, NodeInfo> outputs = session.getOutputInfo();
        for (String name : output.names()) {
            if (outputs.containsKey(name)) {
                return name;
            }
        }
        if (outputs.size() != 1) {
            throw new LocalModelException(
                    "%s has the outputs %s; %s".formatted(file, outputs.keySet(), output.expectation()));
        }
        return outputs.keySet().iterator().next();
    }

    @Override
    public RunLimits limits() {
        return limits;
    }

    @Override
    public float[][] run(List<TokenSequence> sequences) {
        Map<String, OnnxTensor> tensors = new LinkedHashMap<>();
        try {
            PaddedBatch batch = PaddedBatch.of(sequences);
            for (Map.Entry<String, TensorInfo> input : inputs.entrySet()) {
                tensors.put(input.getKey(), tensor(batch, input.getKey(), input.getValue()));
            }
            try (OrtSession.Result result = session.run(tensors, Set.of(outputName))) {
                return rows(result.get(0), sequences);
            }
        } catch (OrtException e) {
            if (OUT_OF_MEMORY.matcher(e.getMessage()).find()) {
                throw new BatchTooLargeException(e);
            }
            throw new LocalModelException("ONNX Runtime could not run %s: %s".formatted(file, e.getMessage()), e);
        } finally {
            tensors.values().forEach(OnnxTensor::close);
        }
    }

    private OnnxTensor tensor(PaddedBatch batch, String name, TensorInfo info) throws OrtException {
        return switch (name) {
            case IDS -> tensor(batch, batch.tokenIds(), info);
            case MASK -> tensor(batch, batch.mask(), info);
            case TYPES -> tensor(batch, batch.typeIds(), info);
            case POSITIONS -> tensor(batch, batch.positions(), info);
            case LOGITS_TO_KEEP -> OnnxTensor.createTensor(environment, 1L);
            default -> nothingPast(batch.rows(), info);
        };
    }

    private OnnxTensor tensor(PaddedBatch batch, long[] values, TensorInfo info) throws OrtException {
        if (info.type == OnnxJavaType.INT32) {
            int[] narrow = Arrays.stream(values).mapToInt(Math::toIntExact).toArray();
            return OnnxTensor.createTensor(environment, IntBuffer.wrap(narrow), batch.shape());
        }
        return OnnxTensor.createTensor(environment, LongBuffer.wrap(values), batch.shape());
    }

    /**
     * A graph that can continue a text requires keys and values of previous tokens: of no tokens, in its precision.
     */
    private OnnxTensor nothingPast(int rows, TensorInfo info) throws OrtException {
        long[] shape = info.getShape();
        for (int dimension = 0; dimension < shape.length; dimension++) {
            if (shape[dimension] < 0) {
                shape[dimension] = dimension == 0 ? rows : 0;
            }
        }
        return OnnxTensor.createTensor(environment, ByteBuffer.allocateDirect(0), shape, info.type);
    }

    private float[][] rows(@Nullable OnnxValue value, List<TokenSequence> sequences) {
        FloatBuffer numbers = value instanceof OnnxTensor tensor ? tensor.getFloatBuffer() : null;
        if (value == null || numbers == null) {
            throw new LocalModelException("%s returns no floating-point numbers, but %s".formatted(file, value));
        }
        try {
            return output.rows(numbers, ((TensorInfo) value.getInfo()).getShape(), sequences);
        } catch (IllegalArgumentException e) {
            throw new LocalModelException("%s returns %s".formatted(file, e.getMessage()), e);
        }
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
