package dev.langchain4j.rerank.evaluation;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** For each query the ids of the documents found, best first. Immutable and thread-safe. */
public final class Run {

    private final Map<String, List<String>> rankings;

    private Run(Map<String, List<String>> rankings) {
        this.rankings = rankings;
    }

    /**
     * Explicit rankings; the order given is the order kept.
     *
     * @param rankings ids of the documents, best first, each once, by query id
     * @throws IllegalArgumentException if a document is in a ranking twice
     */
    public static Run of(Map<String, List<String>> rankings) {
        Map<String, List<String>> copy = new LinkedHashMap<>();
        rankings.forEach((query, ranking) -> {
            Gains.requireDistinct(ranking);
            copy.put(query, List.copyOf(ranking));
        });
        return new Run(copy);
    }

    /**
     * Reads a TREC run file: {@code query Q0 document rank score tag} a line, separated by blanks. Ordered as trec_eval
     * orders: by score, highest first, ties by document id, last first (compared as UTF-8 bytes); the rank column is
     * ignored, and so are blank lines and those that start with {@code #}. Scores are compared as 32-bit floats, as
     * trec_eval does up to version 9 and pytrec_eval with it: what differs less is a tie.
     *
     * @param file UTF-8, decompressed if its name ends in {@code .gz}; the lines of a query may stand anywhere
     * @throws IllegalArgumentException if a line is malformed or names a pair again; names file, line and remedy
     * @throws java.io.UncheckedIOException if the file cannot be read
     */
    public static Run readTrec(Path file) {
        Map<String, Map<String, Float>> scores = new LinkedHashMap<>();
        Map<String, String> ids = new HashMap<>();
        try (Stream<Line> lines = Line.in(file)) {
            lines.filter(line -> !TrecColumns.skipped(line)).forEach(line -> {
                List<String> columns = TrecColumns.of(line, 6, "query Q0 document rank score tag");
                String query = columns.get(0);
                // a document is found by many queries: one string for all of them
                String document = ids.computeIfAbsent(columns.get(2), id -> id);
                Float before = scores.computeIfAbsent(query, absent -> new HashMap<>())
                        .put(document, score(line, columns.get(4)));
                if (before != null) {
                    throw line.malformed("query %s finds document %s a second time; keep one of the lines"
                            .formatted(query, document));
                }
            });
        }
        Map<String, List<String>> rankings = new LinkedHashMap<>();
        scores.forEach((query, found) -> rankings.put(query, ranked(found)));
        return new Run(rankings);
    }

    /** The queries of the run, in the order of the file or map. */
    public Set<String> queryIds() {
        return Collections.unmodifiableSet(rankings.keySet());
    }

    /** The ids of the documents found, best first; empty for a query that the run does not have. */
    public List<String> ranking(String queryId) {
        return rankings.getOrDefault(queryId, List.of());
    }

    /** The ids of all documents found by any query: those whose texts a reranker needs. */
    public Set<String> documentIds() {
        Set<String> ids = new LinkedHashSet<>();
        rankings.values().forEach(ids::addAll);
        return Collections.unmodifiableSet(ids);
    }

    @Override
    public String toString() {
        return "Run[%d queries]".formatted(rankings.size());
    }

    private static float score(Line line, String score) {
        double value = parsed(score);
        if (!Double.isFinite(value)) {
            throw line.malformed("the score must be a finite number, got '%s'".formatted(score));
        }
        return (float) value + 0.0f; // -0 becomes 0, which it equals in C but not in Float.compare
    }

    private static double parsed(String score) {
        try {
            return Double.parseDouble(score);
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }

    private static List<String> ranked(Map<String, Float> scores) {
        List<Map.Entry<String, Float>> entries = new ArrayList<>(scores.entrySet());
        Comparator<Map.Entry<String, Float>> worstFirst =
                Map.Entry.<String, Float>comparingByValue().thenComparing(Map.Entry.comparingByKey(Run::compareUtf8));
        entries.sort(worstFirst.reversed());
        return entries.stream().map(Map.Entry::getKey).toList();
    }

    private static int compareUtf8(String a, String b) {
        return Arrays.compareUnsigned(a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
    }
}
