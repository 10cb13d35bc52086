package dev.langchain4j.rerank.benchmarks.peers;

import ai.djl.MalformedModelException;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.djl.huggingface.translator.CrossEncoderTranslator;
import ai.djl.inference.Predictor;
import ai.djl.repository.zoo.Criteria;
import ai.djl.repository.zoo.ModelNotFoundException;
import ai.djl.repository.zoo.ZooModel;
import ai.djl.translate.TranslateException;
import ai.djl.util.StringPair;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * DJL's own translator for cross-encoders on its ONNX Runtime engine: one pair per call, the runtime's own threads.
 */
final class DjlScorer implements JavaWorker.Scorer {

    private final HuggingFaceTokenizer tokenizer;
    private final ZooModel<StringPair, float[]> model;
    private final Predictor<StringPair, float[]> predictor;

    DjlScorer(Path directory) {
        try {
            tokenizer = HuggingFaceTokenizer.newInstance(
                    directory.resolve("tokenizer.json"),
                    Map.of("padding", "true", "truncation", "true", "modelMaxLength", "512"));
            model = Criteria.builder()
                    .setTypes(StringPair.class, float[].class)
                    .optModelPath(directory)
                    .optModelName("model")
                    .optEngine("OnnxRuntime")
                    .optTranslator(CrossEncoderTranslator.builder(tokenizer)
                            .optIncludeTokenTypes(true)
                            .optSigmoid(false)
                            .build())
                    .build()
                    .loadModel();
        } catch (ModelNotFoundException | MalformedModelException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        predictor = model.newPredictor();
    }

    @Override
    public List<Double> score(String query, List<String> passages) {
        List<Double> scores = new ArrayList<>();
        try {
            for (String passage : passages) {
                scores.add((double) predictor.predict(new StringPair(query, passage))[0]);
            }
        } catch (TranslateException e) {
            throw new IllegalStateException(e);
        }
        return scores;
    }

    @Override
    public void close() {
        predictor.close();
        model.close();
        tokenizer.close();
    }
}
