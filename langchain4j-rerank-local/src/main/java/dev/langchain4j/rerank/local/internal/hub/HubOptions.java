package dev.langchain4j.rerank.local.internal.hub;

import dev.langchain4j.rerank.InvalidOptionException;
import dev.langchain4j.rerank.local.Engine;
import dev.langchain4j.rerank.local.HubDownloadListener;
import dev.langchain4j.rerank.local.OnnxVariant;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The options of a builder for a model by name. */
public final class HubOptions {

    private final Map<String, String> environment;
    private final Path home;

    private @Nullable String modelName;
    private @Nullable String defaultModelName;
    private @Nullable String revision;
    private @Nullable OnnxVariant variant;
    private @Nullable Path cacheDirectory;
    private @Nullable HubToken token;
    private boolean offline;
    private List<String> more = List.of();
    private HubDownloadListener listener = new HubProgressLog();

    /** Creates options on top of this process's environment. */
    public HubOptions() {
        this(System.getenv(), Path.of(System.getProperty("user.home")));
    }

    HubOptions(Map<String, String> environment, Path home) {
        this.environment = environment;
        this.home = home;
    }

    public void modelName(String modelName) {
        this.modelName = HubModel.checkId(modelName);
    }

    /** Sets the model of a preset: used if the user sets neither a name nor files. */
    public void defaultModelName(String modelName) {
        this.defaultModelName = HubModel.checkId(modelName);
    }

    public void revision(String revision) {
        this.revision = HubModel.checkRevision(revision);
    }

    public void variant(OnnxVariant variant) {
        this.variant = variant;
    }

    public void cacheDirectory(Path cacheDirectory) {
        this.cacheDirectory = cacheDirectory.toAbsolutePath();
    }

    public void token(String token) {
        this.token = new HubToken(token);
    }

    public void offline(boolean offline) {
        this.offline = offline;
    }

    /** Sets the files that a kind of model may have besides the files of every model. */
    public void alsoTaking(List<String> names) {
        this.more = names;
    }

    public void listener(HubDownloadListener listener) {
        this.listener = listener;
    }

    /**
     * Returns the files of the one model that was set: the given files, or those of the named model, which are
     * downloaded if necessary.
     *
     * @param given null if the builder was given none
     * @param engine the engine of the model; null selects one that the model has a file for, ONNX first
     * @throws InvalidOptionException if no model or two are set, or options do not fit each other
     */
    public ModelFiles resolve(@Nullable ModelFiles given, @Nullable Engine engine) {
        if (given != null) {
            requireUnused(given);
            return given;
        }
        String name = modelName == null ? defaultModelName : modelName;
        if (name == null) {
            throw new InvalidOptionException("modelName", "no model: set modelPath or modelName");
        }
        HubModel model = new HubModel(name, revision == null ? HubModel.DEFAULT_REVISION : revision);
        return new Hub(settings(), listener).snapshot(model, choice(engine).with(more));
    }

    private void requireUnused(ModelFiles given) {
        if (modelName != null) {
            throw new InvalidOptionException(
                    "modelName",
                    "two models, %s and %s: set modelName, or a path or class, and not both"
                            .formatted(given, modelName));
        }
        if (revision != null || variant != null) {
            throw new InvalidOptionException(
                    revision != null ? "revision" : "onnxVariant",
                    "revision and onnxVariant belong to modelName, and the model is %s: leave them out"
                            .formatted(given));
        }
    }

    private HubSettings settings() {
        HubSettings settings = HubSettings.of(environment, home);
        if (cacheDirectory != null) {
            settings = settings.withCache(cacheDirectory);
        }
        if (token != null) {
            settings = settings.withToken(token);
        }
        return offline ? settings.asOffline() : settings;
    }

    private HubFileChoice choice(@Nullable Engine engine) {
        if (engine == Engine.PYTORCH) {
            if (variant != null) {
                throw new InvalidOptionException(
                        "onnxVariant",
                        "onnxVariant %s is not for the engine PYTORCH: leave one of them out".formatted(variant));
            }
            return HubFileChoice.torchScript();
        }
        HubFileChoice onnx = HubFileChoice.onnx(variant == null ? OnnxVariant.FP32 : variant, CpuKind.current());
        return engine == null && variant == null ? onnx.orElse(HubFileChoice.torchScript()) : onnx;
    }
}
