package dev.langchain4j.rerank.examples;

import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.embedding.onnx.allminilml6v2q.AllMiniLmL6V2QuantizedEmbeddingModel;
import dev.langchain4j.rerank.evaluation.Evaluation;
import dev.langchain4j.rerank.evaluation.EvaluationListener;
import dev.langchain4j.rerank.evaluation.EvaluationResult;
import dev.langchain4j.rerank.evaluation.Measure;
import dev.langchain4j.rerank.local.CrossEncoderScoringModel;
import dev.langchain4j.rerank.local.msmarcominilml12v2q.MsMarcoMiniLmL12V2QuantizedScoringModel;
import dev.langchain4j.rerank.report.EvaluationReport;
import dev.langchain4j.rerank.scoring.CascadeScoringModel;
import dev.langchain4j.rerank.scoring.LongDocumentScoringModel;
import dev.langchain4j.rerank.testkit.MilvusServer;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Compares rerankers and depths on judged questions: retrieval alone, the model in the jar, a cascade and windows, at
 * several depths. Prints quality and latency, writes the library's report page, and recommends a configuration for a
 * time budget.
 */
final class Evaluate {

    private static final int[] DEPTHS = {10, 20, 50};
    private static final int DEEPEST = 50;
    private static final int BEGINNING = 64;
    private static final int COSTLY = 10;
    private static final int WINDOW = 48;

    private Evaluate() {}

    static void main(EvaluateOptions options, Path folder, PrintStream out) {
        JudgedCandidates judged = judged(options, out);
        out.printf(
                "Reranking the candidates of %d questions%n",
                judged.judgements().queryIds().size());
        EvaluationResult result = run(judged, EvaluationListener.printingTo(out));
        Path report = folder.resolve("evaluation.html");
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(folder + " cannot be created", e);
        }
        EvaluationReport.builder(result)
                .title("Which reranker, and how deep, on %s?".formatted(judged.name()))
                .build()
                .writeTo(report);
        out.printf(
                "%n%s%n%n%s%n%nCharts are in %s%n",
                result.toMarkdown(), new DepthAdvice(result).forBudget(options.budget()), report.toUri());
    }

    private static JudgedCandidates judged(EvaluateOptions options, PrintStream out) {
        Path directory = options.directory();
        Path run = options.run();
        if (directory != null && run != null) {
            return JudgedCandidates.beir(directory, options.queries(), run);
        }
        EmbeddingModel embeddingModel = new AllMiniLmL6V2QuantizedEmbeddingModel();
        try (MilvusServer server = MilvusServer.start(out::println)) {
            MilvusAddress milvus = new MilvusAddress(server.uri());
            out.println("Embedding and searching");
            return directory == null
                    ? JudgedCandidates.example(milvus, embeddingModel, DEEPEST)
                    : JudgedCandidates.beir(
                            directory, options.queries(), milvus, embeddingModel, DEEPEST, out::println);
        }
    }

    private static EvaluationResult run(JudgedCandidates judged, EvaluationListener listener) {
        try (MsMarcoMiniLmL12V2QuantizedScoringModel whole = new MsMarcoMiniLmL12V2QuantizedScoringModel();
                CrossEncoderScoringModel beginnings = CrossEncoderScoringModel.builder()
                        .modelResources(MsMarcoMiniLmL12V2QuantizedScoringModel.class)
                        .maxLength(BEGINNING)
                        .build()) {
            return Evaluation.builder(judged.questions(), judged.found(), judged.texts(), judged.judgements())
                    .model("MiniLM", whole)
                    .model(
                            "cascade to %d".formatted(COSTLY),
                            CascadeScoringModel.builder(beginnings, whole)
                                    .keep(COSTLY)
                                    .build())
                    .model(
                            "windows of %d".formatted(WINDOW),
                            LongDocumentScoringModel.builder(whole)
                                    .window(WINDOW)
                                    .overlap(WINDOW / 3)
                                    .build())
                    .depths(DEPTHS)
                    .measures(Measure.ndcg(10), Measure.mrr(), Measure.hit(1))
                    .listener(listener)
                    .build()
                    .run();
        }
    }
}
