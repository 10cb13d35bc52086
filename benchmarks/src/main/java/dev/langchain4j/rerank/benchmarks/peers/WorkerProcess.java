package dev.langchain4j.rerank.benchmarks.peers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/** The process of a contender: one line of JSON in, one line of JSON out. */
final class WorkerProcess implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Contender contender;
    private final Process process;
    private final BufferedWriter requests;
    private final BufferedReader answers;
    private final String version;

    /** Starts it and waits until its model is loaded; its log goes to a file. */
    WorkerProcess(Contender contender, Path log) {
        this.contender = contender;
        try {
            ProcessBuilder builder =
                    new ProcessBuilder(contender.command()).redirectError(Redirect.appendTo(log.toFile()));
            builder.environment().putAll(Map.of("HF_HUB_OFFLINE", "1", "TOKENIZERS_PARALLELISM", "true"));
            process = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        requests = new BufferedWriter(new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8));
        answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        version = answer().required("ready").asText();
    }

    Contender contender() {
        return contender;
    }

    String version() {
        return version;
    }

    /**
     * The cost of one request.
     *
     * @param peakBytes peak resident memory of the process so far
     */
    record Measured(double millis, long peakBytes, List<Double> scores) {}

    Measured score(Workload workload) {
        try {
            requests.write(JSON.writeValueAsString(Map.of("query", workload.query(), "passages", workload.passages())));
            requests.newLine();
            requests.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(contender.title() + " has ended", e);
        }
        JsonNode answer = answer();
        return new Measured(
                answer.required("millis").asDouble(),
                answer.required("peakBytes").asLong(),
                StreamSupport.stream(answer.required("scores").spliterator(), false)
                        .map(JsonNode::asDouble)
                        .toList());
    }

    private JsonNode answer() {
        try {
            String line = answers.readLine();
            if (line == null) {
                throw new IllegalStateException(contender.title() + " has ended: see its log");
            }
            return JSON.readTree(line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends the process by closing its input. */
    @Override
    public void close() {
        try {
            requests.close();
            process.waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            process.destroy();
            Thread.currentThread().interrupt();
        }
    }
}
