package dev.langchain4j.rerank.local.internal.hub;

import dev.langchain4j.rerank.local.HubDownloadListener;
import dev.langchain4j.rerank.local.HubDownloadProgress;
import java.util.Locale;
import java.util.function.Consumer;
import org.slf4j.LoggerFactory;

/** Logs one line per tenth of a file. */
final class HubProgressLog implements HubDownloadListener {

    private static final double MEGABYTE = 1e6;

    private final Consumer<String> log;
    private String file = "";
    private long tenths;

    /** Logs at level info: a download takes time, and users who wait should see the reason. */
    HubProgressLog() {
        this(LoggerFactory.getLogger(HubProgressLog.class)::info);
    }

    HubProgressLog(Consumer<String> log) {
        this.log = log;
    }

    @Override
    public void onProgress(HubDownloadProgress progress) {
        if (!progress.file().equals(file)) {
            file = progress.file();
            tenths = 0;
        }
        long reached = progress.complete() ? 10 : progress.bytes() * 10 / progress.totalBytes();
        if (reached > tenths) {
            tenths = reached;
            log.accept(String.format(
                    Locale.ROOT,
                    "Downloading %s: %s, %.1f of %.1f MB",
                    progress.modelName(),
                    file,
                    progress.bytes() / MEGABYTE,
                    progress.totalBytes() / MEGABYTE));
        }
    }
}
