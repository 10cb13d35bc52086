package dev.langchain4j.rerank.evaluation;

import dev.langchain4j.rerank.internal.Arguments;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Relevance judgements by people: how relevant each judged document is to each query. Immutable and thread-safe. */
public final class Qrels {

    private static final String BEIR_HEADER = "query-id\tcorpus-id\tscore";

    private final Map<String, Map<String, Integer>> judgements;

    private Qrels(Map<String, Map<String, Integer>> judgements) {
        this.judgements = judgements;
    }

    /**
     * Returns judgements that are already in memory.
     *
     * @param judgements judgement by document id, by query id; 0 or below is not relevant, above 0 is the grade
     */
    public static Qrels of(Map<String, Map<String, Integer>> judgements) {
        Map<String, Map<String, Integer>> copy = new LinkedHashMap<>();
        Arguments.required(
                "judgements", judgements, "pass the judged documents of each query, an empty map if there are none");
        judgements.forEach((query, judged) -> copy.put(query, new LinkedHashMap<>(judged)));
        return new Qrels(copy);
    }

    /**
     * Reads a TREC qrels file: {@code query iteration document judgement} per line, separated by white space. The
     * iteration, blank lines and lines that start with {@code #} are ignored.
     *
     * @param file UTF-8, decompressed if its name ends in {@code .gz}
     * @throws IllegalArgumentException if a line is malformed or repeats a pair; the message names file, line
     *     and remedy
     * @throws java.io.UncheckedIOException if the file cannot be read
     */
    public static Qrels readTrec(Path file) {
        Reading reading = new Reading();
        try (Stream<Line> lines = Line.in(file)) {
            lines.filter(line -> !TrecColumns.skipped(line)).forEach(line -> {
                List<String> columns = TrecColumns.of(line, 4, "query iteration document judgement");
                reading.add(line, columns.get(0), columns.get(2), columns.get(3));
            });
        }
        return new Qrels(reading.judgements);
    }

    /**
     * Reads a BEIR qrels file: {@code query-id corpus-id score} per line, separated by tabs, with or without that
     * header.
     *
     * @param file UTF-8, decompressed if its name ends in {@code .gz}
     * @throws IllegalArgumentException if a line is malformed or repeats a pair; the message names file, line
     *     and remedy
     * @throws java.io.UncheckedIOException if the file cannot be read
     */
    public static Qrels readBeir(Path file) {
        Reading reading = new Reading();
        try (Stream<Line> lines = Line.in(file)) {
            lines.filter(line ->
                            !line.blank() && !(line.number() == 1 && line.text().equals(BEIR_HEADER)))
                    .forEach(line -> {
                        String[] columns = line.text().split("\t", -1);
                        if (columns.length != 3) {
                            throw line.malformed(
                                    "expected 3 columns separated by tabs (query-id, corpus-id, score), got %d; read a TREC file with Qrels.readTrec"
                                            .formatted(columns.length));
                        }
                        reading.add(line, columns[0], columns[1], columns[2]);
                    });
        }
        return new Qrels(reading.judgements);
    }

    /** Returns the ids of the judged queries, in the order of the file or map. */
    public Set<String> queryIds() {
        return Collections.unmodifiableSet(judgements.keySet());
    }

    /** Returns the judgements of a query by document id; empty if the query was not judged. */
    public Map<String, Integer> judgements(String queryId) {
        return Collections.unmodifiableMap(judgements.getOrDefault(queryId, Map.of()));
    }

    @Override
    public String toString() {
        return "Qrels[%d queries]".formatted(judgements.size());
    }

    private static final class Reading {

        private final Map<String, Map<String, Integer>> judgements = new LinkedHashMap<>();

        private void add(Line line, String query, String document, String judgement) {
            Integer before = judgements
                    .computeIfAbsent(query, absent -> new LinkedHashMap<>())
                    .put(document, number(line, judgement));
            if (before != null) {
                throw line.malformed("query %s has a second judgement of document %s; keep one of the lines"
                        .formatted(query, document));
            }
        }

        private static int number(Line line, String judgement) {
            try {
                return Integer.parseInt(judgement);
            } catch (NumberFormatException e) {
                throw line.malformed("the judgement must be a whole number, got '%s'".formatted(judgement));
            }
        }
    }
}
