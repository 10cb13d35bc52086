package dev.langchain4j.rerank.benchmarks.peers;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.djl.util.PairList;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * The method of LangChain4j's {@code OnnxScoringModel}, which this build cannot download: all pairs in one batch, padded
 * to the longest of them and cut at 508 tokens; a session with the defaults of ONNX Runtime, thus one thread per core
 * inside a run; each text is tokenised once more to count its tokens.
 */
final class PaddedBatchScorer implements JavaWorker.Scorer {

    private static final int MAX_LENGTH = 510 - 2;

    private final HuggingFaceTokenizer tokenizer;
    private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
    private final OrtSession session;

    PaddedBatchScorer(Path model) {
        try (SessionOptions options = new SessionOptions()) {
            session = environment.createSession(model.resolve("model.onnx").toString(), options);
            tokenizer = HuggingFaceTokenizer.newInstance(
                    model.resolve("tokenizer.json"),
                    Map.of(
                            "padding", "true",
                            "truncation", "LONGEST_FIRST",
                            "modelMaxLength", String.valueOf(MAX_LENGTH)));
        } catch (OrtException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public List<Double> score(String query, List<String> passages) {
        PairList<String, String> pairs = new PairList<>();
        passages.forEach(passage -> pairs.add(query, passage));
        tokenizer.tokenize(query);
        passages.forEach(tokenizer::tokenize);
        Encoding[] encodings = tokenizer.batchEncode(pairs);
        try (OnnxTensor ids = tensor(encodings, Encoding::getIds);
                OnnxTensor mask = tensor(encodings, Encoding::getAttentionMask);
                OnnxTensor types = tensor(encodings, Encoding::getTypeIds);
                OrtSession.Result result =
                        session.run(Map.of("input_ids", ids, "attention_mask", mask, "token_type_ids", types))) {
            return Arrays.stream((float[][]) result.get(0).getValue())
                    .map(logits -> (double) logits[0])
                    .toList();
        } catch (OrtException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns one array of each encoding. */
    private interface Row {

        long[] of(Encoding encoding);
    }

    private OnnxTensor tensor(Encoding[] encodings, Row row) throws OrtException {
        return OnnxTensor.createTensor(
                environment, Arrays.stream(encodings).map(row::of).toArray(long[][]::new));
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (OrtException e) {
            throw new IllegalStateException(e);
        }
        tokenizer.close();
    }
}
