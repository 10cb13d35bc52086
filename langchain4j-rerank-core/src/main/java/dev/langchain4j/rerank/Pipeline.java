package dev.langchain4j.rerank;

import dev.langchain4j.rag.content.Content;
import dev.langchain4j.rag.query.Query;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The stages of an aggregator, in the order in which a call passes through them. */
record Pipeline(
        CandidateFusion fusion,
        @Nullable Function<Map<Query, Collection<List<Content>>>, Query> querySelector,
        int maxCandidates,
        boolean collapseDuplicates,
        int topK,
        ScoringSettings scoring,
        RankingAssembler assembler,
        Listeners listeners,
        DegradationWarning warning) {

    /**
     * Prepares a call: fuses, caps and pairs candidates with queries.
     *
     * @param async whether nobody waits for the ranking on a thread
     * @return the call; null if there is nothing to rank
     */
    @Nullable
    RankingCall open(Map<Query, Collection<List<Content>>> queryToContents, boolean async) {
        if (queryToContents == null) {
            throw new IllegalArgumentException("queryToContents is null: pass an empty map for no contents");
        }
        long began = scoring.timer().nanos();
        Retrieval retrieval = Retrieval.of(queryToContents, fusion, collapseDuplicates);
        if (retrieval.candidates().isEmpty()) {
            return null;
        }
        Query selected = selected(queryToContents);
        Shortlist shortlist = Shortlist.of(retrieval.candidates(), maxCandidates, collapseDuplicates);
        List<QueryCandidates> queries = QueryCandidates.of(retrieval, shortlist, selected);
        RerankRequestContext request = new RerankRequestContext(
                selected == null ? retrieval.queries().get(0) : selected,
                retrieval.queries(),
                shortlist.entries().stream()
                        .map(entry -> entry.candidate().content())
                        .toList(),
                topK,
                scoring.modelName());
        ScoringRun run = new ScoringRun(scoring, shortlist, queries, began, async);
        return new RankingCall(this, request, shortlist, run, began);
    }

    private @Nullable Query selected(Map<Query, Collection<List<Content>>> queryToContents) {
        if (querySelector == null) {
            return null;
        }
        Query selected = querySelector.apply(queryToContents);
        if (selected == null) {
            throw new IllegalStateException(
                    "querySelector returned null for %d queries; it must name one".formatted(queryToContents.size()));
        }
        return selected;
    }
}
