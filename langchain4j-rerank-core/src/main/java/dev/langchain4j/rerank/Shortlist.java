package dev.langchain4j.rerank;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The candidates that are scored. From here on, a candidate's index in {@code entries} is its identity.
 *
 * @param entries to be scored, in retrieval order
 * @param leftOut not to be scored, in retrieval order
 */
record Shortlist(List<Entry> entries, List<LeftOut> leftOut) {

    Shortlist {
        entries = List.copyOf(entries);
        leftOut = List.copyOf(leftOut);
    }

    /** A candidate and its rank in the retrieval order, from 1. */
    record Entry(Candidate candidate, int retrievalRank) {

        Entry alsoFoundBy(Candidate other) {
            return new Entry(candidate.alsoFoundBy(other), retrievalRank);
        }
    }

    /** The first candidate with some text, and its index in {@code entries} if it is one of them. */
    private record First(int retrievalRank, int index) {}

    /** A candidate that is not scored, and why. */
    record LeftOut(Entry entry, String reason) {}

    /**
     * Keeps the first candidates.
     *
     * @param maxCandidates maximum number of candidates that are scored
     * @param collapseDuplicates whether only the first of those with the same text is kept
     */
    static Shortlist of(List<Candidate> candidates, int maxCandidates, boolean collapseDuplicates) {
        List<Entry> entries = new ArrayList<>();
        List<LeftOut> leftOut = new ArrayList<>();
        Map<String, First> firsts = new HashMap<>();
        int retrievalRank = 0;
        for (Candidate candidate : candidates) {
            Entry entry = new Entry(candidate, ++retrievalRank);
            First first = collapseDuplicates
                    ? firsts.putIfAbsent(textOf(candidate), new First(retrievalRank, entries.size()))
                    : null;
            if (first != null) {
                if (first.index() < maxCandidates) {
                    entries.set(first.index(), entries.get(first.index()).alsoFoundBy(candidate));
                }
                leftOut.add(new LeftOut(entry, "duplicate of retrieval #" + first.retrievalRank()));
            } else if (entries.size() < maxCandidates) {
                entries.add(entry);
            } else {
                leftOut.add(new LeftOut(entry, "beyond %d candidates".formatted(maxCandidates)));
            }
        }
        return new Shortlist(entries, leftOut);
    }

    private static String textOf(Candidate candidate) {
        return candidate.content().textSegment().text();
    }

    int size() {
        return entries.size();
    }

    Candidate candidate(int index) {
        return entries.get(index).candidate();
    }
}
