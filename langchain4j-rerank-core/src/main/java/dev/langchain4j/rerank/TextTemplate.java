package dev.langchain4j.rerank;

import dev.langchain4j.data.segment.TextSegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A template that adds metadata to the scored text. */
final class TextTemplate {

    private static final Pattern VARIABLE = Pattern.compile("\\{\\{\\s*([^{}]*?)\\s*}}");
    private static final String TEXT = "text";

    private final List<String> lines;

    private TextTemplate(List<String> lines) {
        this.lines = lines;
    }

    static TextTemplate of(String template) {
        if (VARIABLE.matcher(template)
                .results()
                .noneMatch(variable -> variable.group(1).equals(TEXT))) {
            throw new InvalidOptionException("textTemplate", "textTemplate must contain {{text}}, got: " + template);
        }
        return new TextTemplate(template.lines().toList());
    }

    /** Returns the segment with the filled template as its text and with its metadata unchanged. */
    TextSegment fill(TextSegment segment) {
        Map<String, Object> metadata = segment.metadata().toMap();
        List<String> filled = new ArrayList<>(lines.size());
        for (String line : lines) {
            if (hasValue(line, metadata)) {
                filled.add(VARIABLE.matcher(line)
                        .replaceAll(variable ->
                                Matcher.quoteReplacement(value(variable.group(1), segment.text(), metadata))));
            }
        }
        return TextSegment.from(String.join("\n", filled), segment.metadata());
    }

    private static boolean hasValue(String line, Map<String, Object> metadata) {
        List<String> keys = VARIABLE.matcher(line)
                .results()
                .map(variable -> variable.group(1))
                .toList();
        return keys.isEmpty() || keys.stream().anyMatch(key -> key.equals(TEXT) || metadata.containsKey(key));
    }

    private static String value(String key, String text, Map<String, Object> metadata) {
        return key.equals(TEXT) ? text : metadata.getOrDefault(key, "").toString();
    }
}
