package dev.langchain4j.rerank.local;

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
 * What the builders of all local models have in common: where the model is, what runs it and for how many at a time. Not
 * safe for many threads.
 *
 * @param <M> the model
 * @param <B> its builder
 */
public abstract sealed class LocalModelBuilder<M extends LocalScoringModel, B extends LocalModelBuilder<M, B>>
        permits ColbertScoringModel.Builder, CrossEncoderScoringModel.Builder, GenerativeScoringModel.Builder {

    /** One makes tensors while the other's are computed. */
    private static final int WORKERS_A_GPU = 2;

    private final HubOptions hub = new HubOptions();
    private final ModelOutput output;

    private @Nullable ModelFiles files;
    private @Nullable Engine engine; // the model's first
    private List<Device> devices = List.of(Device.CPU);
    private @Nullable Integer workers; // one a processor, or WORKERS_A_GPU
    private int maxWaitingCalls = 1_000;
    private boolean warmUp = true;

    /** @param output what the model's network is to answer */
    LocalModelBuilder(ModelOutput output) {
        this.output = output;
    }

    /**
     * The directory of the model: {@code tokenizer.json} and {@code model.onnx} or {@code model.pt};
     * {@code config.json} is read if it is there.
     */
    public B modelPath(Path directory) {
        this.files = ModelFiles.in(directory);
        return self();
    }

    /**
     * A model on the class path: the same files as of {@link #modelPath(Path)}, as resources in the package of a class.
     * This is how a model comes as a dependency.
     */
    public B modelResources(Class<?> owner) {
        this.files = ModelFiles.beside(owner);
        return self();
    }

    /**
     * A model of the Hugging Face hub, such as {@code cross-encoder/ms-marco-MiniLM-L-6-v2}: it is downloaded where it is
     * not in the cache, which is that of Python's {@code huggingface_hub}. Instead of {@link #modelPath}.
     */
    public B modelName(String modelName) {
        hub.modelName(modelName);
        return self();
    }

    /**
     * Branch, tag or commit of a model by name. Default {@code main}. Naming a commit makes sure that the model stays
     * what it is, and asks the hub nothing once it is in the cache.
     */
    public B revision(String revision) {
        hub.revision(revision);
        return self();
    }

    /** Which of the ONNX files of a model by name. Default {@link OnnxVariant#FP32}. */
    public B onnxVariant(OnnxVariant variant) {
        hub.variant(variant);
        return self();
    }

    /**
     * Where models by name are kept. Default: the environment's {@code HF_HUB_CACHE}, else {@code hub} in
     * {@code HF_HOME}, else {@code ~/.cache/huggingface/hub}.
     */
    public B cacheDirectory(Path cacheDirectory) {
        hub.cacheDirectory(cacheDirectory);
        return self();
    }

    /**
     * Takes a model by name from the cache or not at all. Default: what the environment's {@code HF_HUB_OFFLINE} says,
     * else false; false does not overrule the environment.
     */
    public B offline(boolean offline) {
        hub.offline(offline);
        return self();
    }

    /** Access token for a private or gated model. Default: the environment's {@code HF_TOKEN}, else none. */
    public B hubToken(String token) {
        hub.token(token);
        return self();
    }

    /** Hears how the download of a model by name comes along. Default: logs it, at info. */
    public B downloadListener(HubDownloadListener listener) {
        hub.listener(listener);
        return self();
    }

    /** What runs the model. Default: what the model has a file for, {@link Engine#ONNX_RUNTIME} first. */
    public B engine(Engine engine) {
        this.engine = engine;
        return self();
    }

    /**
     * Where the model runs: {@code cpu} (default), {@code cuda} or {@code cuda:0}, {@code cuda:1}, ... The weights are
     * loaded once on each device that is named; a batch runs on the one that has the fewest.
     */
    public B device(String device, String... more) {
        this.devices = Stream.concat(Stream.of(device), Stream.of(more))
                .map(Device::of)
                .toList();
        return self();
    }

    /** Threads that run the model, each on one core. Default: available processors; on CUDA 2 a device. */
    public B workers(int workers) {
        this.workers = atLeastOne("workers", workers);
        return self();
    }

    /**
     * Calls that may wait for a worker at the same time; one more is refused with a {@link RejectedExecutionException}.
     * Default 1,000.
     */
    public B maxWaitingCalls(int maxWaitingCalls) {
        this.maxWaitingCalls = atLeastOne("maxWaitingCalls", maxWaitingCalls);
        return self();
    }

    /**
     * Whether {@link #build()} scores one text, which takes what the first call of an engine takes and finds out whether
     * the model works. Default true; without it, the first call is slower and tells what is wrong.
     */
    public B warmUp(boolean warmUp) {
        this.warmUp = warmUp;
        return self();
    }

    /**
     * Loads the model and, unless {@link #warmUp} is false, scores one text to see that it works.
     *
     * @throws IllegalStateException if no model is named, options do not fit each other, or the engine is not on the
     *     class path
     * @throws IllegalArgumentException if the directory or one of its files is missing
     * @throws LocalModelException if a file is damaged or the model is not of this kind
     * @throws dev.langchain4j.exception.ModelNotFoundException if a model by name, or a file of it, is not on the hub
     *     or, offline, not in the cache
     * @throws dev.langchain4j.exception.AuthenticationException if a model by name is private or gated
     * @throws dev.langchain4j.exception.NonRetriableException if the hub sends what cannot be trusted
     * @throws dev.langchain4j.exception.RetriableException if the hub cannot be reached, after five attempts and with
     *     nothing in the cache
     * @throws java.io.UncheckedIOException if the cache cannot be read or written
     * @throws CancellationException if the thread is interrupted while it downloads; its flag stays set
     */
    public M build() {
        ModelFiles model = hub.files(files, engine);
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

    /** With an engine of the caller's, which tests use. */
    abstract M build(ModelFiles model, Supplier<InferenceBackend> engine);

    abstract B self();

    HubOptions hub() {
        return hub;
    }

    static int atLeastOne(String option, int value) {
        if (value < 1) {
            throw new IllegalArgumentException("%s must be at least 1, got %d".formatted(option, value));
        }
        return value;
    }

    /** A desk with workers for one model, closed by the desk; warm if asked for. */
    LocalScoringService desk(ScoringStrategy scorer) {
        LocalScoringService desk = new LocalScoringService(scorer, new FairWorkers(workers(), maxWaitingCalls));
        if (warmUp) {
            desk.warmUp();
        }
        return desk;
    }

    /** What runs the model. */
    Engine engine(ModelFiles model) {
        return engine == null ? Engine.of(model) : engine;
    }

    /** The model as its string shows it. */
    String describe(Class<M> type, ModelFiles model) {
        return "%s[%s, %s, %d workers]".formatted(type.getSimpleName(), model, devices, workers());
    }

    private int workers() {
        if (workers != null) {
            return workers;
        }
        boolean cuda = devices.stream().anyMatch(Device::cuda);
        return cuda ? WORKERS_A_GPU * devices.size() : Runtime.getRuntime().availableProcessors();
    }
}
