package dev.langchain4j.rerank.local;

import dev.langchain4j.rerank.InvalidOptionException;
import dev.langchain4j.rerank.internal.Arguments;
import dev.langchain4j.rerank.local.internal.hub.HubOptions;
import dev.langchain4j.rerank.local.internal.hub.ModelFiles;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The options that the builders of all local models share: model, engine, device and workers. Not thread-safe.
 *
 * @param <M> the model
 * @param <B> its builder
 */
public abstract sealed class LocalModelBuilder<M extends LocalScoringModel, B extends LocalModelBuilder<M, B>>
        permits ColbertScoringModel.Builder, CrossEncoderScoringModel.Builder, GenerativeScoringModel.Builder {

    /** While one worker creates tensors, the other computes. */
    private static final int WORKERS_PER_GPU = 2;

    private final HubOptions hub = new HubOptions();
    private final ModelOutput output;

    private @Nullable ModelFiles files;
    private @Nullable Engine engine; // the first that the model has a file for
    private List<Device> devices = List.of(Device.CPU);
    private @Nullable Integer workers; // one per processor, or WORKERS_PER_GPU
    private int maxWaitingCalls = 1_000;
    private boolean warmUp = true;

    /**
     * Creates a builder.
     *
     * @param output the output of the model's network that is read
     */
    LocalModelBuilder(ModelOutput output) {
        this.output = output;
    }

    /**
     * The directory of the model: {@code tokenizer.json} and {@code model.onnx} or {@code model.pt};
     * {@code config.json} is read if it is there.
     */
    public B modelPath(Path directory) {
        this.files = ModelFiles.in(Arguments.required("modelPath", directory, "pass the directory of the model"));
        return self();
    }

    /**
     * Loads a model from the class path: the same files as in {@link #modelPath(Path)}, as resources in the package of
     * a class. Models that come as a dependency use it.
     *
     * @throws InvalidOptionException if the class is null
     */
    public B modelResources(Class<?> owner) {
        this.files = ModelFiles.beside(
                Arguments.required("modelResources", owner, "pass the class beside which the files are"));
        return self();
    }

    /**
     * Loads a model of the Hugging Face hub, such as {@code cross-encoder/ms-marco-MiniLM-L-6-v2}. It is downloaded
     * unless it is in the cache, which is that of Python's {@code huggingface_hub}. Instead of {@link #modelPath}.
     */
    public B modelName(String modelName) {
        hub.modelName(Arguments.required("modelName", modelName, "pass organisation/name as on the hub"));
        return self();
    }

    /**
     * Branch, tag or commit of a model by name. Default {@code main}. With a commit, the model never changes, and the
     * hub is not contacted once the model is in the cache.
     */
    public B revision(String revision) {
        hub.revision(Arguments.required("revision", revision, "leave it out for main"));
        return self();
    }

    /** ONNX file of a model by name. Default {@link OnnxVariant#FP32}. */
    public B onnxVariant(OnnxVariant variant) {
        hub.variant(Arguments.required("onnxVariant", variant, "leave it out for FP32"));
        return self();
    }

    /**
     * Directory of the cache of models by name. Default: the environment variable {@code HF_HUB_CACHE}, otherwise
     * {@code hub} in {@code HF_HOME}, otherwise {@code ~/.cache/huggingface/hub}.
     */
    public B cacheDirectory(Path cacheDirectory) {
        hub.cacheDirectory(
                Arguments.required("cacheDirectory", cacheDirectory, "leave it out for the cache that Python uses"));
        return self();
    }

    /**
     * Whether a model by name is loaded from the cache only. Default: the environment variable {@code HF_HUB_OFFLINE},
     * otherwise false; false does not override the environment.
     */
    public B offline(boolean offline) {
        hub.offline(offline);
        return self();
    }

    /**
     * Access token for a private or gated model. Default: the environment variable {@code HF_TOKEN}, otherwise none.
     */
    public B hubToken(String token) {
        hub.token(Arguments.required("hubToken", token, "leave it out to use the environment variable HF_TOKEN"));
        return self();
    }

    /** Listener that is notified of download progress of a model by name. Default: logs it at level info. */
    public B downloadListener(HubDownloadListener listener) {
        hub.listener(Arguments.required("downloadListener", listener, "leave it out to log the progress"));
        return self();
    }

    /**
     * Engine that runs the model. Default: the engine that the model has a file for, {@link Engine#ONNX_RUNTIME} first.
     */
    public B engine(Engine engine) {
        this.engine = Arguments.required("engine", engine, "leave it out for the engine that the model has a file for");
        return self();
    }

    /**
     * Devices of the model: {@code cpu} (default), {@code cuda} or {@code cuda:0}, {@code cuda:1}, ... The weights are
     * loaded once on each device; a batch runs on the device with the fewest running batches.
     */
    public B device(String device, String... more) {
        Arguments.required("device", more, "leave it out for one device");
        this.devices = Stream.concat(Stream.of(device), Stream.of(more))
                .map(Device::of)
                .toList();
        return self();
    }

    /**
     * Number of threads that run the model, each on one core. Default: the available processors; on CUDA 2 per device.
     *
     * @param workers at least 1
     */
    public B workers(int workers) {
        this.workers = Arguments.atLeast("workers", 1, workers);
        return self();
    }

    /**
     * Maximum number of calls that wait for a worker at the same time; further calls are refused with a {@link
     * RejectedExecutionException}. Default 1,000.
     *
     * @param maxWaitingCalls at least 1
     */
    public B maxWaitingCalls(int maxWaitingCalls) {
        this.maxWaitingCalls = Arguments.atLeast("maxWaitingCalls", 1, maxWaitingCalls);
        return self();
    }

    /**
     * Whether {@link #build()} runs one warm-up inference. It moves the engine's first-call cost into {@code build()}
     * and fails fast if the model is broken. Default true. Whether a cross-encoder may read several texts per run is
     * checked in either case, with four short inferences; quantized models read one text per run and need no check.
     */
    public B warmUp(boolean warmUp) {
        this.warmUp = warmUp;
        return self();
    }

    /**
     * Loads the model and, unless {@link #warmUp} is false, scores one text to see that it works.
     *
     * @throws InvalidOptionException if no model is named, options do not fit each other or the model, the directory or
     *     one of its files is missing, or the engine or device is not available
     * @throws IllegalStateException if the hub token would be sent without encryption
     * @throws LocalModelException if a file is damaged or the model is not of this kind
     * @throws dev.langchain4j.exception.ModelNotFoundException if a model by name, or a file of it, is not on the hub
     *     or, offline, not in the cache
     * @throws dev.langchain4j.exception.AuthenticationException if a model by name is private or gated
     * @throws dev.langchain4j.exception.NonRetriableException if the hub's response cannot be trusted
     * @throws dev.langchain4j.exception.RetriableException if the hub cannot be reached, after five attempts and with
     *     nothing in the cache
     * @throws java.io.UncheckedIOException if the cache cannot be read or written
     * @throws CancellationException if the thread is interrupted while it downloads; its flag stays set
     */
    public M build() {
        ModelFiles model = hub.resolve(files, engine);
        model.require(ModelFiles.TOKENIZER);
        Engine chosen = engine(model);
        chosen.require(model);
        EngineLoading loading = EngineLoading.start(() -> chosen.load(model, devices, output));
        try {
            return build(model, loading);
        } finally {
            loading.abandon();
        }
    }

    /** Builds with an engine of the caller, which tests use. */
    final M build(ModelFiles files, Supplier<InferenceBackend> engine) {
        M model = create(files, engine);
        if (warmUp) {
            model.parts().service().warmUp(model);
        }
        return model;
    }

    /** Creates a model that is not warm yet. */
    abstract M create(ModelFiles files, Supplier<InferenceBackend> engine);

    abstract B self();

    HubOptions hub() {
        return hub;
    }

    /** Creates the workers of a model and the service that closes them and the strategy. */
    LocalScoringService service(ScoringStrategy strategy) {
        return new LocalScoringService(strategy, new FairWorkers(workers(), maxWaitingCalls));
    }

    /** Returns the engine that runs the model. */
    Engine engine(ModelFiles model) {
        return engine == null ? Engine.of(model) : engine;
    }

    /** Returns the model as its string shows it. */
    String describe(Class<M> type, ModelFiles model) {
        return "%s[%s, %s, %d workers]".formatted(type.getSimpleName(), model, devices, workers());
    }

    private int workers() {
        if (workers != null) {
            return workers;
        }
        boolean cuda = devices.stream().anyMatch(Device::cuda);
        return cuda ? WORKERS_PER_GPU * devices.size() : Runtime.getRuntime().availableProcessors();
    }
}
