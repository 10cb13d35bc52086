package dev.langchain4j.rerank.benchmarks.quality;

import dev.langchain4j.model.output.Response;
import dev.langchain4j.model.scoring.ScoringModel;
import dev.langchain4j.rerank.local.CrossEncoderScoringModel;
import dev.langchain4j.rerank.local.Engine;
import dev.langchain4j.rerank.local.msmarcominilml12v2q.MsMarcoMiniLmL12V2QuantizedScoringModel;
import dev.langchain4j.rerank.scoring.CascadeScoringModel;
import dev.langchain4j.rerank.testkit.Bm25ScoringModel;
import dev.langchain4j.rerank.testkit.ProjectDirectory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** The ways that are measured, and the models behind them. To add a way, add a line to {@link #all}. */
final class Ways implements AutoCloseable {

    /** The number of candidates per query. */
    static final int CANDIDATES = 50;

    /** The way that the others are compared with. */
    static final String ALL = "the jar's model, all " + CANDIDATES;

    /** The way that shows the distance of int8 and bf16 scores from those of the original weights. */
    static final String FLOAT = "the same weights in fp32";

    private static final Duration BUDGET = Duration.ofMillis(500);

    private static final ScoringModel NONE = (segments, query) -> Response.from(List.of());

    private final Deque<Runnable> closing = new ArrayDeque<>();
    private final List<String> collection;

    /**
     * Creates the ways.
     *
     * @param collection the texts from which a lexical model learns the rarity of words
     */
    Ways(List<String> collection) {
        this.collection = collection;
    }

    /**
     * Loads the models.
     *
     * @param python whether to load the models created by a Python script, too; see
     *     {@code benchmarks/python/quality_models.py}
     */
    List<Way> all(boolean python) {
        ScoringModel bm25 = new Bm25ScoringModel(collection);
        MsMarcoMiniLmL12V2QuantizedScoringModel jar = new MsMarcoMiniLmL12V2QuantizedScoringModel();
        closing.push(jar::close);
        List<Way> ways = new ArrayList<>(List.of(
                new Way("no reranking", 0, NONE),
                new Way("the jar's model, 10", 10, jar),
                new Way("the jar's model, 20", 20, jar),
                new Way("the jar's model, 30", 30, jar),
                new Way(ALL, CANDIDATES, jar),
                new Way(
                        "cascade: BM25, the jar's model on the best 20",
                        CANDIDATES,
                        CascadeScoringModel.builder(bm25, jar).keep(20).build()),
                new Way(
                        "cascade, a budget of %d ms".formatted(BUDGET.toMillis()),
                        CANDIDATES,
                        CascadeScoringModel.builder(bm25, jar)
                                .keep(CANDIDATES)
                                .latencyBudget(BUDGET)
                                .build()),
                new Way("early exit: the jar's model on the best 10", CANDIDATES, earlyExit(10)),
                new Way("early exit: the jar's model on the best 20", CANDIDATES, earlyExit(20))));
        if (python) {
            ways.add(new Way("last layer for the first token", CANDIDATES, made("first", Engine.ONNX_RUNTIME)));
            ways.add(new Way("fused graph", CANDIDATES, made("fused", Engine.ONNX_RUNTIME)));
            ways.add(new Way("static int8", CANDIDATES, made("static", Engine.ONNX_RUNTIME)));
            ways.add(new Way("PyTorch bf16", CANDIDATES, made("bf16", Engine.PYTORCH)));
            ways.add(new Way(FLOAT, CANDIDATES, made("float", Engine.ONNX_RUNTIME)));
        }
        return ways;
    }

    private ScoringModel earlyExit(int keep) {
        return opened(CrossEncoderScoringModel.builder()
                .modelResources(MsMarcoMiniLmL12V2QuantizedScoringModel.class)
                .earlyExit(keep)
                .build());
    }

    private ScoringModel made(String name, Engine engine) {
        Path directory =
                ProjectDirectory.root().resolve("benchmarks/target/quality").resolve(name);
        return opened(CrossEncoderScoringModel.builder()
                .modelPath(directory)
                .engine(engine)
                .build());
    }

    private CrossEncoderScoringModel opened(CrossEncoderScoringModel model) {
        closing.push(model::close);
        return model;
    }

    @Override
    public void close() {
        closing.forEach(Runnable::run);
    }
}
