package dev.langchain4j.rerank.evaluation;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A Markdown table with aligned columns: the first is left-aligned, the others, which contain numbers, right-aligned.
 */
final class MarkdownTable {

    private final List<String> header;
    private final List<List<String>> rows = new ArrayList<>();

    MarkdownTable(List<String> header) {
        this.header = escaped(header);
    }

    void add(List<String> cells) {
        rows.add(escaped(cells));
    }

    @Override
    public String toString() {
        List<String> rules = IntStream.range(0, header.size())
                .mapToObj(column -> column == 0 ? "-".repeat(width(0)) : "-".repeat(width(column) - 1) + ":")
                .toList();
        StringBuilder table = new StringBuilder(line(header)).append(line(rules));
        rows.forEach(row -> table.append(line(row)));
        return table.toString();
    }

    private String line(List<String> cells) {
        return IntStream.range(0, cells.size())
                .mapToObj(column -> padded(column, cells.get(column)))
                .collect(Collectors.joining(" | ", "| ", " |\n"));
    }

    private String padded(int column, String cell) {
        String blanks = " ".repeat(width(column) - cell.length());
        return column == 0 ? cell + blanks : blanks + cell;
    }

    private int width(int column) {
        return rows.stream()
                .mapToInt(row -> row.get(column).length())
                .reduce(Math.max(2, header.get(column).length()), Math::max);
    }

    private static List<String> escaped(List<String> cells) {
        return cells.stream()
                .map(cell -> cell.replace("|", "\\|").replaceAll("\\R", " "))
                .toList();
    }
}
