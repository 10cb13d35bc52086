package dev.langchain4j.rerank.evaluation;

import java.util.List;
import java.util.regex.Pattern;

/** The columns of TREC files, separated by spaces or tabs. */
final class TrecColumns {

    private static final Pattern BLANKS = Pattern.compile("\\s+");

    private TrecColumns() {}

    /** Returns whether trec_eval skips the line: it is blank or a comment. */
    static boolean skipped(Line line) {
        return line.blank() || line.text().startsWith("#");
    }

    static List<String> of(Line line, int count, String names) {
        List<String> columns = List.of(BLANKS.split(line.text().strip()));
        if (columns.size() != count) {
            throw line.malformed("expected %d columns (%s), got %d".formatted(count, names, columns.size()));
        }
        return columns;
    }
}
