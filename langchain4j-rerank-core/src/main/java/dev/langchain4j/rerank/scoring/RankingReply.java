package dev.langchain4j.rerank.scoring;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Reads an order out of whatever a chat model said: JSON, {@code [2] > [1]}, a list, with talk around it. Among all runs
 * of numbers in the reply it believes the one that names most passages, the last of them if several do, for a model that
 * thinks aloud concludes at the end.
 */
final class RankingReply {

    private static final Pattern NUMBER = Pattern.compile("\\d++");

    /** {@code [2] > [3]}, {@code 2 > 3}, {@code [2, 3]}, and the like on lines of their own. */
    private static final Pattern RUN = Pattern.compile("\\[?+\\d++\\]?+(?:[\\s,>]++\\[?+\\d++\\]?+)++");

    private static final Pattern BRACKETED = Pattern.compile("\\[\\d++\\]");

    private RankingReply() {}

    /**
     * The places of passages that a reply names, from 0, each once, best first; empty if it names none.
     *
     * @param passages how many there are; other numbers are passed over
     */
    static List<Integer> places(String reply, int passages) {
        List<Integer> best = RUN.matcher(reply)
                .results()
                .map(run -> named(run.group(), passages))
                .filter(named -> named.size() > 1)
                .reduce(List.of(), (before, after) -> after.size() >= before.size() ? after : before);
        String mentions =
                BRACKETED.matcher(reply).results().map(MatchResult::group).collect(Collectors.joining());
        List<Integer> mentioned = named(mentions, passages);
        return mentioned.size() > best.size() ? mentioned : best;
    }

    private static List<Integer> named(String numbers, int passages) {
        Set<Integer> places = new LinkedHashSet<>();
        NUMBER.matcher(numbers).results().map(MatchResult::group).forEach(number -> {
            // A longer number names no passage and may be none that an int can hold.
            if (number.length() <= String.valueOf(passages).length()) {
                int place = Integer.parseInt(number) - 1;
                if (place >= 0 && place < passages) {
                    places.add(place);
                }
            }
        });
        return List.copyOf(places);
    }
}
