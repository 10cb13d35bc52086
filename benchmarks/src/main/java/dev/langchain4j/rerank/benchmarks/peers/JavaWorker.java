package dev.langchain4j.rerank.benchmarks.peers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.scoring.ScoringModel;
import dev.langchain4j.rerank.local.TokenisingAlone;
import dev.langchain4j.rerank.local.msmarcominilml12v2q.MsMarcoMiniLmL12V2QuantizedScoringModel;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/** The process of a contender in Java; its input and output are described in {@code benchmarks/python/worker.py}. */
public final class JavaWorker {

    private static final ObjectMapper JSON = new ObjectMapper();

    private JavaWorker() {}

    /** A way to score. */
    interface Scorer extends AutoCloseable {

        List<Double> score(String query, List<String> passages);

        @Override
        void close();
    }

    /** Accepts the contender and the directory of its model. */
    public static void main(String[] arguments) throws IOException {
        PrintStream answers = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        System.setOut(System.err); // output of libraries is not a response
        try (Scorer scorer = scorer(arguments[0], Path.of(arguments[1]));
                BufferedReader requests =
                        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            answers.println(JSON.writeValueAsString(Map.of("ready", "Java " + Runtime.version())));
            for (String line = requests.readLine(); line != null; line = requests.readLine()) {
                answers.println(JSON.writeValueAsString(answer(scorer, JSON.readTree(line))));
            }
        }
    }

    private static Scorer scorer(String contender, Path model) {
        return switch (contender) {
            case "ours" -> {
                var jar = new MsMarcoMiniLmL12V2QuantizedScoringModel();
                yield scorer(jar, jar::close);
            }
            case "langchain4j" -> new PaddedBatchScorer(model);
            case "djl" -> new DjlScorer(model);
            case "tokenising" -> tokenising(model);
            default -> throw new IllegalArgumentException("no contender named " + contender);
        };
    }

    private static Scorer scorer(ScoringModel model, Runnable close) {
        return new Scorer() {

            @Override
            public List<Double> score(String query, List<String> passages) {
                return model.scoreAll(passages.stream().map(TextSegment::from).toList(), query)
                        .content();
            }

            @Override
            public void close() {
                close.run();
            }
        };
    }

    private static Scorer tokenising(Path directory) {
        TokenisingAlone tokenising = new TokenisingAlone(directory);
        return new Scorer() {

            @Override
            public List<Double> score(String query, List<String> passages) {
                return List.of((double) tokenising.tokens(query, passages));
            }

            @Override
            public void close() {
                tokenising.close();
            }
        };
    }

    private static Map<String, Object> answer(Scorer scorer, JsonNode request) throws IOException {
        String query = request.required("query").asText();
        List<String> passages = StreamSupport.stream(
                        request.required("passages").spliterator(), false)
                .map(JsonNode::asText)
                .toList();
        long start = System.nanoTime();
        List<Double> scores = scorer.score(query, passages);
        double millis = (System.nanoTime() - start) / 1e6;
        return Map.of("millis", millis, "peakBytes", peakBytes(), "scores", scores);
    }

    /** Returns the peak memory, which Linux records for every process. */
    private static long peakBytes() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.isReadable(status)) {
            return 0;
        }
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                .findFirst()
                .orElse(0);
    }
}
