package dev.langchain4j.rerank;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The candidates that are scored. Their places here, from 0, are what scores are told by.
 *
 * @param entries to be scored, in retrieval order
 * @param leftOut not to be scored, in retrieval order
 */
record Shortlist(List<Entry> entries, List<LeftOut> leftOut) {

    /** A candidate and its place in the retrieval order, from 1. */
    record Entry(Candidate candidate, int retrievalRank) {}

    /** A candidate that is not scored, and why. */
    record LeftOut(Entry entry, String reason) {}

    /**
     * Takes the first candidates.
     *
     * @param maxCandidates how many are scored at most
     * @param collapseDuplicates whether of those with the same text only the first is taken
     */
    static Shortlist of(List<Candidate> candidates, int maxCandidates, boolean collapseDuplicates) {
        List<Entry> entries = new ArrayList<>();
        List<LeftOut> leftOut = new ArrayList<>();
        Map<String, Entry> firsts = new HashMap<>();
        int retrievalRank = 0;
        for (Candidate candidate : candidates) {
            Entry entry = new Entry(candidate, ++retrievalRank);
            Entry first = collapseDuplicates
                    ? firsts.putIfAbsent(candidate.content().textSegment().text(), entry)
                    : null;
            if (first != null) {
                first.candidate().foundBy().or(candidate.foundBy());
                leftOut.add(new LeftOut(entry, "duplicate of retrieval #" + first.retrievalRank()));
            } else if (entries.size() < maxCandidates) {
                entries.add(entry);
            } else {
                leftOut.add(new LeftOut(entry, "beyond %d candidates".formatted(maxCandidates)));
            }
        }
        return new Shortlist(List.copyOf(entries), List.copyOf(leftOut));
    }

    int size() {
        return entries.size();
    }

    Candidate candidate(int place) {
        return entries.get(place).candidate();
    }
}
