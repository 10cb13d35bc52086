package dev.langchain4j.rerank;

import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.rag.content.Content;
import dev.langchain4j.rag.query.Query;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The retrieved contents, de-duplicated and fused into one order.
 *
 * @param queries the queries, the user's own first
 * @param candidates best first by the fusion; a candidate's index is its identity from here on
 */
record Retrieval(List<Query> queries, List<Candidate> candidates) {

    /**
     * Reads and fuses the lists.
     *
     * @param collapseDuplicates whether contents with the same text are fused as one, so that a text found by two
     *     retrievers gains from both
     */
    static Retrieval of(
            Map<Query, Collection<List<Content>>> queryToContents, CandidateFusion fusion, boolean collapseDuplicates) {
        Reading reading = new Reading();
        List<Query> queries = Queries.inOrder(queryToContents.keySet());
        for (int query = 0; query < queries.size(); query++) {
            reading.readLists(query, queryToContents.get(queries.get(query)));
        }
        return new Retrieval(queries, reading.fused(fusion, collapseDuplicates));
    }

    /** Merges contents that were found again while the lists are read. */
    private static final class Reading {

        private final List<Candidate> candidates = new ArrayList<>();
        private final Map<String, Integer> firstOfText = new HashMap<>();

        /**
         * Candidates that share their text with another. Only these are looked up by text and metadata, because hashing
         * metadata is slow.
         */
        private final Map<TextSegment, Integer> others = new HashMap<>();

        private final List<RetrievedList> lists = new ArrayList<>();

        void readLists(int query, @Nullable Collection<List<Content>> retrieved) {
            if (retrieved == null) {
                throw new IllegalArgumentException(
                        "query %d has null instead of a collection of lists: pass an empty one for a query that found nothing"
                                .formatted(query));
            }
            int retriever = 0;
            for (List<Content> contents : retrieved) {
                lists.add(new RetrievedList(query, retriever, hits(query, retriever, contents)));
                retriever++;
            }
        }

        private List<RetrievedList.Hit> hits(int query, int retriever, @Nullable List<Content> contents) {
            if (contents == null) {
                throw new IllegalArgumentException(
                        "retriever %d of query %d returned null instead of a list: return an empty one"
                                .formatted(retriever, query));
            }
            List<RetrievedList.Hit> hits = new ArrayList<>(contents.size());
            BitSet seen = new BitSet();
            int index = 0;
            for (Content content : contents) {
                if (content == null || content.textSegment() == null) {
                    throw new IllegalArgumentException("retriever %d of query %d returned a null %s at index %d of %d"
                            .formatted(
                                    retriever,
                                    query,
                                    content == null ? "content" : "text segment",
                                    index,
                                    contents.size()));
                }
                Double score = Candidate.retrievalScore(content);
                int number = number(content, score, query);
                if (!seen.get(number)) {
                    seen.set(number);
                    hits.add(new RetrievedList.Hit(number, score));
                }
                index++;
            }
            return hits;
        }

        private int number(Content content, @Nullable Double score, int query) {
            Candidate found = new Candidate(content, score, Set.of(query));
            int next = candidates.size();
            Integer known = putIfAbsent(content.textSegment(), next);
            if (known == null) {
                candidates.add(found);
                return next;
            }
            candidates.set(known, candidates.get(known).merge(found));
            return known;
        }

        private @Nullable Integer putIfAbsent(TextSegment segment, int number) {
            Integer first = firstOfText.putIfAbsent(segment.text(), number);
            return first == null
                            || candidates.get(first).content().textSegment().equals(segment)
                    ? first
                    : others.putIfAbsent(segment, number);
        }

        List<Candidate> fused(CandidateFusion fusion, boolean collapseDuplicates) {
            if (candidates.isEmpty()) {
                return List.of();
            }
            Groups groups = collapseDuplicates ? Groups.byText(candidates) : Groups.ofOne(candidates);
            double[] fused = fusion.fuse(lists.stream().map(groups::collapse).toList(), groups.count());
            checkFused(fused, groups.count());
            return IntStream.range(0, candidates.size())
                    .boxed()
                    .sorted(Comparator.comparingDouble((Integer number) -> -fused[groups.of(number)]))
                    .map(candidates::get)
                    .toList();
        }

        private static void checkFused(double[] fused, int count) {
            if (fused.length != count) {
                throw new IllegalStateException(
                        "the fusion returned %d numbers for %d candidates; it must return one per candidate"
                                .formatted(fused.length, count));
            }
            for (int number = 0; number < count; number++) {
                if (!Double.isFinite(fused[number])) {
                    throw new IllegalStateException(
                            "the fusion returned %s for candidate %d of %d; it must return finite numbers"
                                    .formatted(fused[number], number, count));
                }
            }
        }
    }

    /** The candidates that the fusion counts as one, numbered in the order in which they were first seen. */
    private record Groups(List<Integer> groupOfCandidate, int count) {

        static Groups ofOne(List<Candidate> candidates) {
            int count = candidates.size();
            return new Groups(IntStream.range(0, count).boxed().toList(), count);
        }

        static Groups byText(List<Candidate> candidates) {
            Map<String, Integer> groupOfText = new HashMap<>();
            List<Integer> groups = new ArrayList<>();
            for (Candidate candidate : candidates) {
                String text = candidate.content().textSegment().text();
                Integer known = groupOfText.putIfAbsent(text, groupOfText.size());
                groups.add(known == null ? groupOfText.size() - 1 : known);
            }
            return new Groups(groups, groupOfText.size());
        }

        int of(int candidate) {
            return groupOfCandidate.get(candidate);
        }

        /** The list with groups instead of candidates, each once, at its first position. */
        RetrievedList collapse(RetrievedList list) {
            BitSet seen = new BitSet();
            List<RetrievedList.Hit> hits = new ArrayList<>();
            for (RetrievedList.Hit hit : list.hits()) {
                int group = of(hit.candidate());
                if (!seen.get(group)) {
                    seen.set(group);
                    hits.add(new RetrievedList.Hit(group, hit.score()));
                }
            }
            return new RetrievedList(list.query(), list.retriever(), hits);
        }
    }
}
