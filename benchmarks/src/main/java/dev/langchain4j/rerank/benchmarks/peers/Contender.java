package dev.langchain4j.rerank.benchmarks.peers;

import dev.langchain4j.rerank.testkit.ProjectDirectory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A contender of the comparison, and the command of its process. */
enum Contender {
    OURS("this library", false, "ours"),
    LANGCHAIN4J("LangChain4j's way: one padded batch", false, "langchain4j"),
    DJL("DJL's CrossEncoderTranslator, one by one", false, "djl"),
    ONNXRUNTIME("onnxruntime Python, batches of 32", true, "onnxruntime"),
    ST_ONNX("sentence-transformers, ONNX int8, batches of 32", true, "st-onnx-int8"),
    ST_FP32("sentence-transformers, torch fp32, batches of 32", true, "st-torch-fp32"),
    ST_BF16_8("sentence-transformers, torch bf16, batches of 8", true, "st-torch-bf16-8"),
    ST_BF16_32("sentence-transformers, torch bf16, batches of 32", true, "st-torch-bf16-32"),
    FLASHRANK("FlashRank", true, "flashrank"),
    PYMILVUS("pymilvus-model CrossEncoderRerankFunction", true, "pymilvus"),
    TOKENISING("tokenising alone, one thread", false, "tokenising");

    private final String title;
    private final boolean python;

    /** Returns its name in {@code worker.py} and {@link JavaWorker}. */
    private final String worker;

    Contender(String title, boolean python, String worker) {
        this.title = title;
        this.python = python;
        this.worker = worker;
    }

    String title() {
        return title;
    }

    boolean python() {
        return python;
    }

    boolean bf16() {
        return this == ST_BF16_8 || this == ST_BF16_32;
    }

    /** The directory that contains {@code model.onnx} and {@code tokenizer.json} as fetched by the build. */
    private static Path model() {
        return ProjectDirectory.root()
                .resolve("langchain4j-rerank-ms-marco-minilm-l12-v2-q/target/classes")
                .resolve("dev/langchain4j/rerank/local/msmarcominilml12v2q");
    }

    /** The directory of the models of the Python peers. */
    private static Path peers() {
        return ProjectDirectory.root().resolve("benchmarks/target/peers");
    }

    List<String> command() {
        List<String> command = new ArrayList<>();
        if (python) {
            Path folder = ProjectDirectory.root().resolve("benchmarks/python");
            command.add(folder.resolve(".venv/bin/python").toString());
            command.add(folder.resolve("worker.py").toString());
            command.add(worker);
            command.add(peers().toString());
        } else {
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            command.add("-Xmx256m"); // a small heap: native memory is measured
            command.add("-cp");
            command.add(System.getProperty("java.class.path"));
            command.add(JavaWorker.class.getName());
            command.add(worker);
            command.add(model().toString());
        }
        return command;
    }
}
