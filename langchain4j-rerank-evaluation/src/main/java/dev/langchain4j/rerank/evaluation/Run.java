package dev.langchain4j.rerank.evaluation;

import dev.langchain4j.rerank.internal.Arguments;
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

/** The ranking of each query, as document ids, best first. Immutable and thread-safe. */
public final class Run {

    private final Map<String, List<String>> rankings;

    private Run(Map<String, List<String>> rankings) {
        this.rankings = rankings;
    }

    /**
     * Returns a run of rankings that are already in order.
     *
     * @param rankings ids of the documents, best first, without duplicates, by query id
     * @throws IllegalArgumentException if a document occurs twice in a ranking
     */
    public static Run of(Map<String, List<String>> rankings) {
        Map<String, List<String>> copy = new LinkedHashMap<>();
        Arguments.required(
                "rankings", rankings, "pass the ranked document ids of each query, an empty map if there are none");
        rankings.forEach((query, ranking) -> {
            Gains.requireDistinct(ranking);
            copy.put(query, List.copyOf(ranking));
        });
        return new Run(copy);
    }

    /**
     * Reads a TREC run file: {@code query Q0 document rank score tag} per line, separated by white space. Documents are
     * sorted as trec_eval sorts them: by score, highest first, ties by document id in descending order (compared as
     * UTF-8 bytes). The rank column, blank lines and lines that start with {@code #} are ignored. Scores are compared
     * as 32-bit floats, as in trec_eval up to version 9 and thus pytrec_eval: scores that differ by less are ties.
     *
     * @param file UTF-8, decompressed if its name ends in {@code .gz}; the lines of a query need not be adjacent
     * @throws IllegalArgumentException if a line is malformed or repeats a pair; the message names file, line and
     *     remedy
     * @throws java.io.UncheckedIOException if the file cannot be read
     */
    public static Run readTrec(Path file) {
        Map<String, Map<String, Float>> scores = new LinkedHashMap<>();
        Map<String, String> ids = new HashMap<>();
        try (Stream<Line> lines = Line.in(file)) {
            lines.filter(line -> !TrecColumns.skipped(line)).forEach(line -> {
                List<String> columns = TrecColumns.of(line, 6, "query Q0 document rank score tag");
                String query = columns.get(0);
                // many queries find the same document: share one string
                String document = ids.computeIfAbsent(columns.get(2), id -> id);
                Float before = scores.computeIfAbsent(query, absent -> new HashMap<>())
                        .put(document, score(line, columns.get(4)));
                if (before != null) {
                    throw line.malformed("query %s lists document %s a second time; keep one of the lines"
                            .formatted(query, document));
                }
            });
        }
        Map<String, List<String>> rankings = new LinkedHashMap<>();
        scores.forEach((query, found) -> rankings.put(query, ranked(found)));
        return new Run(rankings);
    }

    /** Returns the ids of the queries of the run, in the order of the file or map. */
    public Set<String> queryIds() {
        return Collections.unmodifiableSet(rankings.keySet());
    }

    /** Returns the ids of the documents of a query, best first; empty if the run does not contain the query. */
    public List<String> ranking(String queryId) {
        return rankings.getOrDefault(queryId, List.of());
    }

    /** Returns the ids of all documents of the run, whose texts a reranker needs. */
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
        return (float) value + 0.0f; // turns -0 into 0: they are equal in C but not in Float.compare
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
