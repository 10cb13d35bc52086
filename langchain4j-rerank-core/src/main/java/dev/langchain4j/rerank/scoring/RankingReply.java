package dev.langchain4j.rerank.scoring;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads the order of passages from the reply of a chat model, whatever its shape: JSON objects or arrays,
 * {@code [2] > [1]}, an enumeration, {@code Doc: 2, Relevance: 7}, with prose around it. Of several orders in one reply, the
 * one that names most passages counts, and of equal ones the last, because a model that thinks aloud concludes at the end.
 * A reply that can be read in two ways is not read at all.
 */
final class RankingReply {

    private static final String LABEL = "(?:passage|document|doc|text|candidate|item)";

    /** {@code 3}, {@code [3]}, {@code "3"}, {@code **3**}, {@code #3}, {@code Passage 3}, {@code Doc: [3]}. */
    private static final String PASSAGE = "(?:\\b%s\\b[\\s:#]{0,3})?[\\[(\"'*#]*+\\d++[\\])\"'*]*+".formatted(LABEL);

    private static final String ARROW = "(?:>|\u2192|\u27f6|\u227b|->|=>)";

    /** Spaces and punctuation with at most one arrow. */
    private static final String SEPARATOR = "(?:[\\s,;|]++(?:%1$s[\\s,;|]*+)?|%1$s[\\s,;|]*+)".formatted(ARROW);

    private static final Pattern RUN = caseInsensitive("%1$s(?:%2$s%1$s)++".formatted(PASSAGE, SEPARATOR));

    /** A passage that is named in prose: in brackets or by its label. */
    private static final Pattern MENTION =
            caseInsensitive("\\[\\d++\\]|\\b%s\\b[\\s:#]{0,3}\\[?\\d++".formatted(LABEL));

    private static final Pattern SINGLE = caseInsensitive("\\s*+%s\\s*+".formatted(PASSAGE));

    /** A number that counts lines, before the passage of a line: {@code 1. Passage 3}, {@code 2) [1]}. */
    private static final Pattern ENUMERATED = Pattern.compile(
            "^\\s*+(\\d++)[.):]\\s++(?=\\S)(?=%s)".formatted(PASSAGE), Pattern.CASE_INSENSITIVE | Pattern.MULTILINE);

    private static final Pattern SCORED = caseInsensitive(
            "\\b%s\\b[\\s:#\\[\"]{0,4}(\\d++)[\\]\"]{0,2}\\s*+[,;:|(-]\\s*+(?:relevance|score)[\\w ]{0,12}[\\s:=]{1,3}(\\d++(?:\\.\\d++)?)"
                    .formatted(LABEL));

    private static final Pattern OBJECT = Pattern.compile("\\{[^{}]*+\\}");
    private static final Pattern FIELD = Pattern.compile("\"(\\w++)\"\\s*+:\\s*+\"?(\\d++(?:\\.\\d++)?)");

    /** Fields that name a passage, in the order of preference. */
    private static final List<String> IDS = List.of(
            "passage", "passage_id", "passageid", "document", "document_id", "doc", "doc_id", "id", "number", "index");

    private static final List<String> SCORES = List.of("relevance", "relevance_score", "score");

    private static final Pattern NUMBER = Pattern.compile("\\d++");

    /** A passage, and its relevance if the reply states it. */
    private record NamedPassage(String number, @Nullable Double relevance) {

        double orLast() {
            return relevance == null ? Double.NEGATIVE_INFINITY : relevance;
        }
    }

    private RankingReply() {}

    private static Pattern caseInsensitive(String regex) {
        return Pattern.compile(regex, Pattern.CASE_INSENSITIVE);
    }

    /**
     * Returns the indexes of the passages that a reply names, from 0, each once, best first; empty if it names none or is
     * ambiguous.
     *
     * @param passages number of passages; other numbers are ignored
     */
    static List<Integer> indexes(String reply, int passages) {
        List<Map<String, String>> objects = objects(reply);
        if (!objects.isEmpty()) {
            return fromObjects(objects, passages);
        }
        List<NamedPassage> scored = SCORED.matcher(reply)
                .results()
                .map(match -> new NamedPassage(match.group(1), Double.valueOf(match.group(2))))
                .toList();
        return scored.isEmpty() ? fromText(withoutEnumeration(reply), passages) : byRelevance(scored, passages);
    }

    // JSON objects

    /** The numeric fields of the objects that name a passage. */
    private static List<Map<String, String>> objects(String reply) {
        return OBJECT.matcher(reply)
                .results()
                .map(object -> fields(object.group()))
                .filter(fields -> idOf(fields) != null)
                .toList();
    }

    private static Map<String, String> fields(String object) {
        Map<String, String> fields = new TreeMap<>();
        FIELD.matcher(object)
                .results()
                .forEach(field -> fields.putIfAbsent(field.group(1).toLowerCase(Locale.ROOT), field.group(2)));
        return fields;
    }

    private static @Nullable String idOf(Map<String, String> fields) {
        return first(fields, IDS);
    }

    private static @Nullable String first(Map<String, String> fields, List<String> names) {
        return names.stream()
                .map(fields::get)
                .filter(value -> value != null)
                .findFirst()
                .orElse(null);
    }

    private static List<Integer> fromObjects(List<Map<String, String>> objects, int passages) {
        List<NamedPassage> entries = new ArrayList<>();
        for (Map<String, String> fields : objects) {
            String number = String.valueOf(idOf(fields));
            if (Double.parseDouble(number) == 0) {
                return List.of(); // counted from 0 or from 1: the prompt counts from 1, the reply does not
            }
            entries.add(new NamedPassage(number, relevance(fields)));
        }
        return byRelevance(entries, passages);
    }

    /** The relevance of an object: its score, or the better the lower its rank is. */
    private static @Nullable Double relevance(Map<String, String> fields) {
        String rank = fields.get("rank");
        if (rank != null) {
            return -Double.parseDouble(rank);
        }
        String score = first(fields, SCORES);
        return score == null ? null : Double.valueOf(score);
    }

    /** Entries by relevance if all have one, otherwise as they stand. */
    private static List<Integer> byRelevance(List<NamedPassage> entries, int passages) {
        boolean all = entries.stream().allMatch(entry -> entry.relevance() != null);
        List<NamedPassage> ordered = new ArrayList<>(entries);
        if (all) {
            ordered.sort(Comparator.comparingDouble(NamedPassage::orLast).reversed());
        }
        return named(ordered.stream().map(NamedPassage::number).collect(Collectors.joining(" ")), passages);
    }

    // Text

    /** The reply without the numbers that count its lines, if they count from 1 and passages follow them. */
    private static String withoutEnumeration(String reply) {
        List<Integer> counted = ENUMERATED
                .matcher(reply)
                .results()
                .map(MatchResult::group)
                .map(marker -> marker.replaceAll("\\D", ""))
                .map(digits -> digits.length() > 4 ? 0 : Integer.parseInt(digits))
                .toList();
        for (int i = 0; i < counted.size(); i++) {
            if (counted.get(i) != i + 1) {
                return reply;
            }
        }
        return ENUMERATED.matcher(reply).replaceAll("");
    }

    private static List<Integer> fromText(String reply, int passages) {
        if (SINGLE.matcher(reply).matches()) {
            return named(reply, passages);
        }
        List<Integer> best = RUN.matcher(reply)
                .results()
                .filter(run -> isOrder(run, reply))
                .map(run -> named(run.group(), passages))
                .filter(named -> named.size() > 1)
                .reduce(List.of(), (before, after) -> after.size() >= before.size() ? after : before);
        String mentions =
                MENTION.matcher(reply).results().map(MatchResult::group).collect(Collectors.joining(" "));
        List<Integer> mentioned = named(mentions, passages);
        return mentioned.size() > best.size() ? mentioned : best;
    }

    /** Bare numbers in the middle of a sentence, as in "of 3, 2 are relevant", are no order. */
    private static boolean isOrder(MatchResult run, String reply) {
        boolean marked = !run.group().matches("(?s)[\\d\\s,;|]*+");
        return marked || (startsLine(run.start(), reply) && endsLine(run.end(), reply));
    }

    /** Also after a colon: {@code Ranking: 3, 1, 2}. */
    private static boolean startsLine(int start, String reply) {
        int before = start - 1;
        while (before >= 0 && reply.charAt(before) == ' ') {
            before--;
        }
        return before < 0 || ":\n{[(`".indexOf(reply.charAt(before)) >= 0;
    }

    private static boolean endsLine(int end, String reply) {
        int after = end;
        while (after < reply.length() && " .".indexOf(reply.charAt(after)) >= 0) {
            after++;
        }
        return after == reply.length() || "\n}])`".indexOf(reply.charAt(after)) >= 0;
    }

    private static List<Integer> named(String numbers, int passages) {
        Set<Integer> indexes = new LinkedHashSet<>();
        Matcher number = NUMBER.matcher(numbers);
        while (number.find()) {
            // A longer number names no passage and may exceed the range of an int.
            if (number.group().length() <= String.valueOf(passages).length()) {
                int index = Integer.parseInt(number.group()) - 1;
                if (index >= 0 && index < passages) {
                    indexes.add(index);
                }
            }
        }
        return List.copyOf(indexes);
    }
}
