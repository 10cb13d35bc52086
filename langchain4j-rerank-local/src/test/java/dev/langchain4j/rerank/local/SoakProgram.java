package dev.langchain4j.rerank.local;

import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.scoring.ScoringModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A program: opens and closes models, or scores pairs, and prints the resident set in kB on the way. A test runs it
 * briefly; {@code java ... SoakProgram open-close 1000} and {@code score 200000} are the long versions. A third argument
 * is the engine, ONNX Runtime if there is none.
 */
final class SoakProgram {

    /** The start, where caches fill, is not measured. */
    static final int MEASUREMENTS = 10;

    private SoakProgram() {}

    public static void main(String[] arguments) throws IOException {
        int rounds = Integer.parseInt(arguments[1]);
        Engine engine = arguments.length == 2 ? Engine.ONNX_RUNTIME : Engine.valueOf(arguments[2]);
        if (arguments[0].equals("score")) {
            try (CrossEncoderScoringModel model =
                    TestModels.builder("bert").engine(engine).build()) {
                measured(rounds / CALL.size(), () -> model.scoreAll(CALL, "which query?"));
            }
        } else {
            measured(rounds, () -> {
                openAndClose(engine);
                requireNoWorkers();
            });
        }
    }

    /** One of each kind. */
    private static void openAndClose(Engine engine) {
        try (CrossEncoderScoringModel crossEncoder =
                        TestModels.builder("bert").engine(engine).build();
                ColbertScoringModel colbert = ColbertScoringModel.builder()
                        .modelPath(TestModels.directory("colbert"))
                        .documentCache(CALL.size())
                        .engine(engine)
                        .build();
                GenerativeScoringModel generative = GenerativeScoringModel.qwen3()
                        .modelPath(TestModels.directory("qwen3"))
                        .engine(engine)
                        .build()) {
            Stream.<ScoringModel>of(crossEncoder, colbert, generative)
                    .forEach(model -> model.scoreAll(CALL, "which query?"));
        }
    }

    private static final List<TextSegment> CALL = IntStream.range(0, 20)
            .mapToObj(i -> TextSegment.from("passage ".repeat(1 + i)))
            .toList();

    /** A worker that has done its last work may need a moment to be gone. */
    private static void requireNoWorkers() {
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().startsWith("rerank-local")) {
                try {
                    thread.join(10_000);
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
                if (thread.isAlive()) {
                    throw new IllegalStateException(thread + " outlived its model");
                }
            }
        }
    }

    private static void measured(int rounds, Runnable round) throws IOException {
        for (int i = 1; i <= rounds; i++) {
            round.run();
            if (i % (rounds / MEASUREMENTS) == 0) {
                System.gc();
                System.out.println(residentKilobytes());
            }
        }
    }

    private static String residentKilobytes() throws IOException {
        try (Stream<String> status = Files.lines(Path.of("/proc/self/status"))) {
            return status.filter(line -> line.startsWith("VmRSS:"))
                    .map(line -> line.replaceAll("\\D", ""))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
