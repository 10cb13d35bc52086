package dev.langchain4j.rerank;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.data.document.Metadata;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.output.Response;
import dev.langchain4j.model.scoring.ScoringModel;
import dev.langchain4j.rag.content.Content;
import dev.langchain4j.rag.content.ContentMetadata;
import dev.langchain4j.rag.query.Query;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for any input. Inputs are drawn at random; the seed is the name of the test that fails. */
class PropertiesTest {

    static LongStream seeds() {
        return LongStream.range(0, 200);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void each_candidate_is_told_of_once_and_none_is_invented(long seed) {
        Random random = new Random(seed);
        Map<Query, Collection<List<Content>>> found = found(random);

        Ranking ranking = builder(random, new HashingModel(seed)).build().rank(found);

        List<TextSegment> told = new ArrayList<>();
        ranking.kept().forEach(content -> told.add(content.content().textSegment()));
        ranking.dropped().forEach(content -> told.add(content.content().textSegment()));
        assertThat(told).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(segments(found));
        assertThat(ranking.kept())
                .allSatisfy(content -> assertThat(content.dropReason()).isNull());
        assertThat(ranking.dropped())
                .allSatisfy(content -> assertThat(content.dropReason()).isNotBlank());
        assertThat(all(ranking))
                .extracting(RankedContent::rank)
                .doesNotHaveDuplicates()
                .allMatch(rank -> rank >= 1 && rank <= told.size());
        assertThat(all(ranking)).extracting(RankedContent::retrievalRank).doesNotHaveDuplicates();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void the_order_is_that_of_the_scores_with_ties_in_retrieval_order(long seed) {
        Random random = new Random(seed);
        Map<Query, Collection<List<Content>>> found = found(random);

        Ranking ranking = builder(random, new HashingModel(seed)).build().rank(found);

        List<RankedContent> byRank = new ArrayList<>(all(ranking));
        byRank.sort((one, other) -> Integer.compare(one.rank(), other.rank()));
        for (int i = 1; i < byRank.size(); i++) {
            RankedContent before = byRank.get(i - 1);
            RankedContent after = byRank.get(i);
            if (after.score() == null) {
                continue;
            }
            assertThat(before.score()).isGreaterThanOrEqualTo(after.score());
            if (before.score().equals(after.score())) {
                assertThat(before.retrievalRank()).isLessThan(after.retrievalRank());
            }
        }
        assertThat(ranking.kept()).isSortedAccordingTo((one, other) -> Integer.compare(one.rank(), other.rank()));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void the_same_input_gives_the_same_output_whatever_the_order_of_the_map(long seed) {
        Map<Query, Collection<List<Content>>> found = found(new Random(seed));
        List<Query> shuffled = new ArrayList<>(found.keySet());
        Collections.shuffle(shuffled, new Random(seed));
        Map<Query, Collection<List<Content>>> sameFound = new LinkedHashMap<>();
        shuffled.forEach(query -> sameFound.put(query, found.get(query)));

        Ranking ranking =
                builder(new Random(seed), new HashingModel(seed)).build().rank(found);
        Ranking same = builder(new Random(seed), new HashingModel(seed)).build().rank(sameFound);

        assertThat(same).hasToString(ranking.toString());
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void selection_steps_only_drop_or_arrange(long seed) {
        Random random = new Random(seed);
        List<SelectionPolicy> steps = new ArrayList<>(List.of(
                SelectionPolicy.minScore(random.nextDouble() * 10),
                SelectionPolicy.scoreGap(1, 1 + random.nextInt(5)),
                SelectionPolicy.perSource("source", 1 + random.nextInt(3)),
                SelectionPolicy.minimumKept(1 + random.nextInt(5)),
                SelectionPolicy.mmr(
                        random.nextDouble(), (one, other) -> random.nextInt(3) == 0 ? null : random.nextDouble()),
                SelectionPolicy.topK(1 + random.nextInt(10)),
                SelectionPolicy.lostInTheMiddle()));
        Collections.shuffle(steps, random);
        Selection selection = Selection.all(all(RerankingContentAggregator.builder(new HashingModel(seed))
                .topK(Integer.MAX_VALUE)
                .build()
                .rank(found(random))));
        Set<Integer> ranks = ranks(selection.kept());

        for (SelectionPolicy step : steps) {
            selection = step.select(selection);

            Set<Integer> together = ranks(selection.kept());
            together.addAll(ranks(selection.dropped()));
            assertThat(together).isEqualTo(ranks);
            assertThat(selection.kept().size() + selection.dropped().size()).isEqualTo(ranks.size());
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void no_candidate_is_lost_whichever_calls_fail(long seed) {
        Random random = new Random(seed);
        Map<Query, Collection<List<Content>>> found = found(random);
        Random failures = new Random(seed);
        ScoringModel reliable = new HashingModel(seed);
        ScoringModel failing = (segments, query) -> {
            synchronized (failures) {
                if (failures.nextInt(3) == 0) {
                    throw new IllegalStateException("broken");
                }
            }
            return reliable.scoreAll(segments, query);
        };
        RerankingContentAggregator.Builder builder = RerankingContentAggregator.builder(failing)
                .topK(Integer.MAX_VALUE)
                .maxCandidates(Integer.MAX_VALUE)
                .minScore(random.nextDouble() * 2)
                .onFailure(FailurePolicy.KEEP_RETRIEVAL_ORDER);
        if (random.nextBoolean()) {
            builder.timeout(Duration.ofMinutes(1)).executor(Runnable::run);
        }

        Ranking ranking = builder.build().rank(found);

        assertThat(ranking.dropped()).allMatch(content -> content.dropReason().startsWith("below minimum score"));
        assertThat(all(ranking))
                .extracting(content -> content.content().textSegment())
                .containsExactlyInAnyOrderElementsOf(segments(found));
        List<RankedContent> unscored = ranking.kept().stream()
                .filter(content -> content.score() == null)
                .toList();
        assertThat(unscored)
                .isEqualTo(ranking.kept()
                        .subList(
                                ranking.kept().size() - unscored.size(),
                                ranking.kept().size()));
        assertThat(unscored)
                .isSortedAccordingTo((one, other) -> Integer.compare(one.retrievalRank(), other.retrievalRank()));
        assertThat(unscored)
                .allMatch(content -> !content.content().metadata().containsKey(ContentMetadata.RERANKED_SCORE));
        if (!unscored.isEmpty()) {
            assertThat(ranking.degraded()).isTrue();
        }
    }

    private static RerankingContentAggregator.Builder builder(Random random, ScoringModel model) {
        return RerankingContentAggregator.builder(model)
                .topK(1 + random.nextInt(20))
                .maxCandidates(1 + random.nextInt(40))
                .minScore(random.nextDouble() * 5)
                .collapseDuplicates(random.nextBoolean())
                .normalizer(random.nextBoolean() ? ScoreNormalizer.none() : ScoreNormalizer.sigmoid())
                .selection(SelectionPolicy.perSource("source", 1 + random.nextInt(5)), SelectionPolicy.minimumKept(2));
    }

    /** Up to four queries with up to four lists of up to 15 contents, of few different texts and sources. */
    private static Map<Query, Collection<List<Content>>> found(Random random) {
        Map<Query, Collection<List<Content>>> found = new HashMap<>();
        int queries = random.nextInt(5);
        for (int query = 0; query < queries; query++) {
            List<List<Content>> lists = new ArrayList<>();
            for (int list = random.nextInt(5); list > 0; list--) {
                List<Content> contents = new ArrayList<>();
                for (int content = random.nextInt(16); content > 0; content--) {
                    contents.add(content(random));
                }
                lists.add(contents);
            }
            found.put(Query.from("query " + query), lists);
        }
        return found;
    }

    private static Content content(Random random) {
        Metadata metadata =
                random.nextBoolean() ? new Metadata() : Metadata.from("source", "source " + random.nextInt(3));
        TextSegment segment = TextSegment.from("text " + random.nextInt(20), metadata);
        return random.nextBoolean()
                ? Content.from(segment)
                : Content.from(segment, Map.of(ContentMetadata.SCORE, random.nextDouble()));
    }

    private static Set<TextSegment> segments(Map<Query, Collection<List<Content>>> found) {
        Set<TextSegment> segments = new HashSet<>();
        found.values()
                .forEach(lists ->
                        lists.forEach(contents -> contents.forEach(content -> segments.add(content.textSegment()))));
        return segments;
    }

    private static List<RankedContent> all(Ranking ranking) {
        List<RankedContent> all = new ArrayList<>(ranking.kept());
        all.addAll(ranking.dropped());
        return all;
    }

    private static Set<Integer> ranks(List<RankedContent> contents) {
        Set<Integer> ranks = new HashSet<>();
        contents.forEach(content -> ranks.add(content.rank()));
        return ranks;
    }

    /** Scores from 0 to 9, so that there are many ties; the same pair always the same. */
    private record HashingModel(long seed) implements ScoringModel {

        @Override
        public Response<List<Double>> scoreAll(List<TextSegment> segments, String query) {
            return Response.from(segments.stream()
                    .map(segment -> (double) Math.floorMod(31 * segment.hashCode() + query.hashCode() + seed, 10L))
                    .toList());
        }
    }
}
