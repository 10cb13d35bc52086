package dev.langchain4j.rerank.local;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the builders of all local models have in common: where the model is, what runs it and for how many at a time. */
final class ModelOptions {

    /** One makes tensors while the other's are computed. */
    private static final int WORKERS_A_GPU = 2;

    private final HubSource hub = new HubSource();

    private @Nullable ModelFiles files;
    private @Nullable Engine engine; // the model's first
    private List<Device> devices = List.of(Device.CPU);
    private @Nullable Integer workers; // one a processor, or WORKERS_A_GPU
    private int maxWaitingCalls = 1_000;

    HubSource hub() {
        return hub;
    }

    void files(ModelFiles files) {
        this.files = files;
    }

    void engine(Engine engine) {
        this.engine = engine;
    }

    void devices(String device, String... more) {
        this.devices = Stream.concat(Stream.of(device), Stream.of(more))
                .map(Device::of)
                .toList();
    }

    void workers(int workers) {
        this.workers = atLeastOne("workers", workers);
    }

    void maxWaitingCalls(int maxWaitingCalls) {
        this.maxWaitingCalls = atLeastOne("maxWaitingCalls", maxWaitingCalls);
    }

    static int atLeastOne(String option, int value) {
        if (value < 1) {
            throw new IllegalArgumentException("%s must be at least 1, got %d".formatted(option, value));
        }
        return value;
    }

    /**
     * The files of the one model that was named, downloaded if need be.
     *
     * @throws IllegalStateException if there is no model or are two, or options do not fit each other
     * @throws IllegalArgumentException if the directory or the tokenizer is missing
     */
    ModelFiles resolve() {
        ModelFiles model = hub.files(files, engine);
        model.require(ModelFiles.TOKENIZER);
        return model;
    }

    /** Loads the network of a model; throws what {@link Engine#load(ModelFiles, List, ModelOutput)} throws. */
    InferenceBackend load(ModelFiles model, ModelOutput output) {
        Engine chosen = engine == null ? Engine.of(model) : engine;
        return chosen.load(model, devices, output);
    }

    /** A desk with workers for one model, closed by the desk. */
    ScoringDesk desk(TextScorer scorer) {
        return new ScoringDesk(scorer, new FairWorkers(workers(), maxWaitingCalls));
    }

    private int workers() {
        if (workers != null) {
            return workers;
        }
        boolean cuda = devices.stream().anyMatch(Device::cuda);
        return cuda ? WORKERS_A_GPU * devices.size() : Runtime.getRuntime().availableProcessors();
    }

    /** The model as its string shows it. */
    String describe(Class<?> type, ModelFiles model) {
        return "%s[%s, %s, %d workers]".formatted(type.getSimpleName(), model, devices, workers());
    }
}
