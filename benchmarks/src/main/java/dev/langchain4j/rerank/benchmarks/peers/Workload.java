package dev.langchain4j.rerank.benchmarks.peers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.langchain4j.rerank.testkit.ProjectDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;

/** A query and its candidates. */
public record Workload(String name, String query, List<String> passages) {

    /** Reads a file of {@code benchmarks/workloads}, which {@code benchmarks/python/workloads.py} has written. */
    public static Workload read(String name) {
        try {
            JsonNode file = new ObjectMapper()
                    .readTree(ProjectDirectory.root()
                            .resolve("benchmarks/workloads/" + name + ".json")
                            .toFile());
            List<String> passages = StreamSupport.stream(
                            file.required("passages").spliterator(), false)
                    .map(JsonNode::asText)
                    .toList();
            return new Workload(name, file.required("query").asText(), passages);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns a workload with that many candidates, which repeats the passages in order. */
    public Workload of(int candidates) {
        return new Workload(
                name,
                query,
                IntStream.range(0, candidates)
                        .mapToObj(i -> passages.get(i % passages.size()))
                        .toList());
    }

    /** Returns a workload with that many candidates that each fill the window of 512 tokens: two passages joined. */
    public Workload filled(int candidates) {
        List<String> longest = passages.stream()
                .sorted((a, b) -> Integer.compare(b.length(), a.length()))
                .limit(passages.size() / 2)
                .toList();
        return new Workload(
                "filled",
                query,
                IntStream.range(0, candidates)
                        .mapToObj(i -> longest.get(i % longest.size()) + " " + longest.get((i + 1) % longest.size()))
                        .toList());
    }
}
