package dev.langchain4j.rerank.examples;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.langchain4j.data.document.Metadata;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.rerank.evaluation.Qrels;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Passages on the history of computing and AI, written for this example, and 30 questions with judged answers. */
public final class ComputingHistory {

    /** Metadata key of a passage's id, as the judgements name it. */
    public static final String ID = "id";
    /** Metadata key of a passage's title. */
    public static final String TITLE = "title";
    /** Metadata key of the chapter that a passage belongs to. */
    public static final String SOURCE = "source";

    private static final String FOLDER = "/computing-history/";
    private static final ObjectMapper JSON = new ObjectMapper();

    private ComputingHistory() {}

    /** Returns the passages, each with the metadata {@link #ID}, {@link #TITLE} and {@link #SOURCE}. */
    public static List<TextSegment> passages() {
        return lines("passages.jsonl").stream()
                .map(ComputingHistory::json)
                .map(passage -> TextSegment.from(
                        passage.required("text").asText(),
                        Metadata.from(Map.of(
                                ID, passage.required("_id").asText(),
                                TITLE, passage.required("title").asText(),
                                SOURCE, passage.required("source").asText()))))
                .toList();
    }

    /** Returns the questions by id, in order. */
    public static Map<String, String> questions() {
        Map<String, String> questions = new LinkedHashMap<>();
        for (String line : lines("questions.jsonl")) {
            JsonNode question = json(line);
            questions.put(
                    question.required("_id").asText(), question.required("text").asText());
        }
        return questions;
    }

    /** Returns the judgements: 2 for passages that answer a question directly, 1 for a partial answer. */
    static Qrels judgements() {
        Map<String, Map<String, Integer>> judgements = new LinkedHashMap<>();
        for (String line : lines("qrels.txt")) {
            String[] columns = line.split(" ", -1);
            judgements
                    .computeIfAbsent(columns[0], question -> new LinkedHashMap<>())
                    .put(columns[2], Integer.valueOf(columns[3]));
        }
        return Qrels.of(judgements);
    }

    private static List<String> lines(String name) {
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(resource(name), StandardCharsets.UTF_8))) {
            List<String> lines = new ArrayList<>();
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                lines.add(line);
            }
            return lines;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode json(String line) {
        try {
            return JSON.readTree(line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InputStream resource(String name) {
        InputStream stream = ComputingHistory.class.getResourceAsStream(FOLDER + name);
        if (stream == null) {
            throw new IllegalStateException(FOLDER + name + " is missing from the class path of the examples");
        }
        return stream;
    }
}
