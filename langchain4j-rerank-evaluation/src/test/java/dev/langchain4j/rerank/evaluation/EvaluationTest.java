package dev.langchain4j.rerank.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.within;

import dev.langchain4j.rerank.InvalidOptionException;
import dev.langchain4j.rerank.evaluation.EvaluationListener.Progress;
import dev.langchain4j.rerank.evaluation.EvaluationResult.Latency;
import dev.langchain4j.rerank.evaluation.EvaluationResult.Row;
import dev.langchain4j.rerank.testkit.FakeScoringModel;
import dev.langchain4j.rerank.testkit.ReferenceData;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EvaluationTest {

    /**
     * Two judged queries with three candidates each, of which the last is relevant, and a third query without
     * candidates.
     */
    private static final Map<String, String> QUERIES = Map.of("q1", "first", "q2", "second", "q3", "third");

    private static final Run CANDIDATES =
            Run.of(Map.of("q1", List.of("a", "b", "c"), "q2", List.of("b", "c", "a"), "unjudged", List.of("x")));
    private static final Map<String, String> TEXTS = Map.of("a", "text a", "b", "text b", "c", "text c");
    private static final Qrels QRELS =
            Qrels.of(Map.of("q1", Map.of("c", 1), "q2", Map.of("a", 1), "q3", Map.of("a", 1)));

    private static final RerankFunction REVERSED =
            (query, documents) -> IntStream.iterate(documents.size() - 1, i -> i >= 0, i -> i - 1)
                    .boxed()
                    .toList();

    private static Evaluation.Builder evaluation() {
        return Evaluation.builder(QUERIES, CANDIDATES, TEXTS, QRELS).measures(Measure.mrr());
    }

    private static double mrr(Row row) {
        return row.mean(Measure.mrr());
    }

    @Test
    void compares_configurations_with_the_retrieval_order() {
        // when
        EvaluationResult result =
                evaluation().function("reversed", REVERSED).build().run();

        // then
        assertThat(result.queries()).isEqualTo(3);
        assertThat(result.measures()).containsExactly(Measure.mrr());
        assertThat(result.rows()).map(Row::configuration).containsExactly("retrieval order", "reversed");
        assertThat(result.rows()).map(Row::depth).containsExactly(0, 3);
        assertThat(result.rows().get(0).latency()).isNull();
        assertThat(mrr(result.rows().get(0))).isCloseTo((1.0 / 3 + 1.0 / 3 + 0) / 3, within(1e-15));
        assertThat(mrr(result.rows().get(1))).isCloseTo((1.0 + 1.0 + 0) / 3, within(1e-15));
        assertThat(result.rows().get(1).values(Measure.mrr())).isEqualTo(Map.of("q1", 1.0, "q2", 1.0, "q3", 0.0));
    }

    @Test
    void reranks_the_first_depth_candidates_and_leaves_the_rest_behind_them() {
        // given
        Map<String, List<String>> seen = new HashMap<>();

        // when
        EvaluationResult result = evaluation()
                .function("reversed", (query, documents) -> {
                    seen.merge(query, documents, (before, now) -> now);
                    return REVERSED.rerank(query, documents);
                })
                .depths(3, 2)
                .build()
                .run();

        // then
        assertThat(result.rows())
                .map(Row::toString)
                .containsExactly("retrieval order, depth 0", "reversed, depth 3", "reversed, depth 2");
        assertThat(mrr(result.rows().get(2))).isCloseTo((1.0 / 3 + 1.0 / 3 + 0) / 3, within(1e-15));
        assertThat(seen).isEqualTo(Map.of("first", List.of("text a", "text b"), "second", List.of("text b", "text c")));
    }

    @Test
    void documents_that_a_function_leaves_out_follow_in_retrieval_order() {
        // when
        EvaluationResult result = evaluation()
                .function("only the second", (query, documents) -> List.of(1))
                .build()
                .run();

        // then
        assertThat(result.rows().get(1).values(Measure.mrr()))
                .isEqualTo(Map.of("q1", 1.0 / 3, "q2", 1.0 / 3, "q3", 0.0));
    }

    @Test
    void a_scoring_model_ranks_by_score_and_ties_keep_the_retrieval_order() {
        // given
        FakeScoringModel likesC = new FakeScoringModel((text, query) -> text.equals("text c") ? 2.0 : -1.0);

        // when
        Row row = evaluation().model("likes c", likesC).build().run().rows().get(1);

        // then
        assertThat(row.values(Measure.mrr())).isEqualTo(Map.of("q1", 1.0, "q2", 1.0 / 3, "q3", 0.0));
    }

    @Test
    void latencies_are_the_percentiles_of_the_calls_that_follow_the_warm_up() {
        // given: a clock that each call advances, the warm-up by a minute, the others by 1, 2, ... 20 ms
        AtomicLong now = new AtomicLong();
        AtomicLong call = new AtomicLong();
        Map<String, String> queries = new HashMap<>();
        Map<String, List<String>> rankings = new HashMap<>();
        Map<String, Map<String, Integer>> judgements = new HashMap<>();
        for (int i = 1; i <= 20; i++) {
            queries.put("q" + i, "query");
            rankings.put("q" + i, List.of("a"));
            judgements.put("q" + i, Map.of("a", 1));
        }
        RerankFunction slow = (query, documents) -> {
            Duration taken = call.get() == 0 ? Duration.ofMinutes(1) : Duration.ofMillis(call.get());
            call.incrementAndGet();
            now.addAndGet(taken.toNanos());
            return List.of(0);
        };

        // when
        Row row = Evaluation.builder(queries, Run.of(rankings), TEXTS, Qrels.of(judgements))
                .function("slow", slow)
                .nanoClock(now::get)
                .build()
                .run()
                .rows()
                .get(1);

        // then
        assertThat(row.latency()).isEqualTo(new Latency(Duration.ofMillis(10), Duration.ofMillis(19)));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 5})
    void warms_up_as_often_as_asked_and_tells_the_listener_of_the_timed_calls_only(int warmUps) {
        // given
        List<Progress> progress = new ArrayList<>();
        List<String> calls = new ArrayList<>();
        AtomicLong now = new AtomicLong();

        // when
        evaluation()
                .function("counting", (query, documents) -> {
                    calls.add(query);
                    now.addAndGet(7);
                    return List.of();
                })
                .depths(2)
                .warmUps(warmUps)
                .nanoClock(now::get)
                .listener(progress::add)
                .build()
                .run();

        // then
        assertThat(calls).hasSize(warmUps + 2);
        assertThat(progress)
                .containsExactly(
                        new Progress("counting", 2, 1, 2, Duration.ofNanos(7)),
                        new Progress("counting", 2, 2, 2, Duration.ofNanos(7)));
    }

    @Test
    void the_printing_listener_prints_a_line_every_tenth() {
        // given
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        EvaluationListener listener = EvaluationListener.printingTo(new PrintStream(out, true, StandardCharsets.UTF_8));

        // when
        IntStream.rangeClosed(1, 25)
                .forEach(done -> listener.onProgress(new Progress("mine", 50, done, 25, Duration.ofMillis(done))));

        // then
        assertThat(out.toString(StandardCharsets.UTF_8).lines())
                .hasSize(10)
                .startsWith("mine, depth 50: 3 of 25 queries, the last took 3.0 ms")
                .endsWith("mine, depth 50: 25 of 25 queries, the last took 25.0 ms");
    }

    @Test
    void the_table_is_markdown_and_readable_as_text() {
        // given
        AtomicLong now = new AtomicLong();

        // when
        EvaluationResult result = evaluation()
                .function("reversed | by hand", (query, documents) -> {
                    now.addAndGet(1_250_000);
                    return REVERSED.rerank(query, documents);
                })
                .measures(Measure.mrr(), Measure.ndcg(10))
                .nanoClock(now::get)
                .build()
                .run();

        // then
        assertThat(result.toMarkdown()).isEqualTo("""
                        | configuration       | depth |    MRR | nDCG@10 | p50 ms | p95 ms |
                        | ------------------- | ----: | -----: | ------: | -----: | -----: |
                        | retrieval order     |     0 | 0.2222 |  0.3333 |      - |      - |
                        | reversed \\| by hand |     3 | 0.6667 |  0.6667 |    1.3 |    1.3 |
                        """);
        assertThat(result).hasToString(result.toMarkdown());
    }

    @Test
    void a_failing_configuration_is_named_with_depth_and_query() {
        // given
        UnsupportedOperationException cause = new UnsupportedOperationException("no");
        Evaluation evaluation = evaluation()
                .function("broken", (query, documents) -> {
                    throw cause;
                })
                .warmUps(0)
                .depths(2)
                .build();

        // then
        assertThatIllegalStateException()
                .isThrownBy(evaluation::run)
                .withMessageMatching("configuration broken failed at depth 2 on query q[12]")
                .withCause(cause);
    }

    @Test
    void refuses_indexes_out_of_range_and_duplicates() {
        assertThat(causeOf(List.of(0, 3)))
                .hasMessage("the function returned index 3 for 3 documents: return indexes from 0 to 2");
        assertThat(causeOf(List.of(-1)))
                .hasMessage("the function returned index -1 for 3 documents: return indexes from 0 to 2");
        assertThat(causeOf(List.of(1, 1)))
                .hasMessage("the function returned index 1 twice: return each index at most once");
    }

    private static Throwable causeOf(List<Integer> indexes) {
        Evaluation evaluation =
                evaluation().function("wrong", (query, documents) -> indexes).build();
        return catchThrowable(evaluation::run).getCause();
    }

    @Test
    void refuses_bad_options_at_once() {
        refused(builder -> builder.depths(10, 0), "depths must be at least 1, got 0");
        refused(Evaluation.Builder::depths, "depths must have at least one element and no duplicates, got []");
        refused(builder -> builder.depths(5, 5), "depths must have at least one element and no duplicates, got [5, 5]");
        refused(Evaluation.Builder::measures, "measures must have at least one element and no duplicates, got []");
        refused(
                builder -> builder.measures(Measure.ndcg(5), Measure.ndcg(5)),
                "measures must have at least one element and no duplicates, got [nDCG@5, nDCG@5]");
        refused(builder -> builder.warmUps(-1), "warmUps must be at least 0, got -1");
        refused(builder -> builder.depths((int[]) null), "depths is null: omit the call to rerank all candidates");
        refused(
                builder -> builder.measures((Measure) null),
                "measures is null: pass measures, for instance Measure.ndcg(10)");
        refused(builder -> builder.listener(null), "listener is null: omit the call if there is no listener");
        refused(builder -> builder.model("mine", null), "model is null: pass the scoring model to compare");
        refused(
                builder -> builder.function("mine", null),
                "function is null: pass the function that ranks the documents");
        refused(builder -> builder.function(" ", REVERSED), "name is blank: pass the name that the table shows");
        refused(
                builder -> builder.function("mine", REVERSED).function("mine", REVERSED),
                "a configuration mine already exists: give each configuration its own name");
    }

    private static void refused(UnaryOperator<Evaluation.Builder> option, String message) {
        assertThatExceptionOfType(InvalidOptionException.class)
                .isThrownBy(() -> option.apply(evaluation()))
                .withMessage(message);
    }

    @Test
    void refuses_to_build_what_cannot_run() {
        assertThatExceptionOfType(InvalidOptionException.class)
                .isThrownBy(() -> evaluation().build())
                .withMessage("nothing to compare: add a model(...) or a function(...)");
        assertThatExceptionOfType(InvalidOptionException.class)
                .isThrownBy(() -> Evaluation.builder(QUERIES, Run.of(Map.of()), TEXTS, QRELS)
                        .function("reversed", REVERSED)
                        .build())
                .withMessage(
                        "none of the 3 judged queries has candidates: use judgements and a run of the same collection");
        assertThatExceptionOfType(InvalidOptionException.class)
                .isThrownBy(() -> Evaluation.builder(
                                Map.of(), CANDIDATES, TEXTS, Qrels.of(Map.of("q1", Map.of("a", 1))))
                        .function("reversed", REVERSED)
                        .build())
                .withMessage("query q1 is judged but has no text: add it to queries");
        assertThatExceptionOfType(InvalidOptionException.class)
                .isThrownBy(() -> Evaluation.builder(
                                QUERIES, CANDIDATES, Map.of("a", "text a"), Qrels.of(Map.of("q1", Map.of("a", 1))))
                        .function("reversed", REVERSED)
                        .build())
                .withMessage("document b is a candidate of query q1 but has no text: add it to texts");
    }

    @Test
    void a_measure_that_was_not_taken_is_refused_by_name() {
        // given
        Row row =
                evaluation().function("reversed", REVERSED).build().run().rows().get(0);

        // then
        assertThatIllegalArgumentException()
                .isThrownBy(() -> row.mean(Measure.map()))
                .withMessage("MAP was not measured, only [MRR]: add it to measures(...)");
    }

    /** The stored logits, and the nDCG@10 that they give at two depths, come from the README of the collection. */
    @Test
    void reranking_cranfield_by_stored_logits_gives_the_quality_that_is_stated_for_them() throws Exception {
        // given
        Path directory = ReferenceData.require("cranfield");
        BeirCollection cranfield = BeirCollection.of(directory);
        Run bm25 = Run.readTrec(directory.resolve("bm25.run"));
        Map<String, Double> logits = new HashMap<>();
        try (Stream<String> lines = Files.lines(directory.resolve("ms-marco-minilm-l12-int8.scores.tsv"))) {
            lines.skip(1)
                    .map(line -> line.split("\t", -1))
                    .forEach(columns -> logits.put(columns[0] + " " + columns[1], Double.parseDouble(columns[2])));
        }
        // ids are used as texts, so that the stored logit of a pair can be looked up
        Map<String, String> queryIds = new HashMap<>();
        cranfield.queries().keySet().forEach(id -> queryIds.put(id, id));
        Map<String, String> documentIds = new HashMap<>();
        bm25.documentIds().forEach(id -> documentIds.put(id, id));

        // when
        List<Row> rows = Evaluation.builder(queryIds, bm25, documentIds, cranfield.qrels())
                .model("stored", new FakeScoringModel((document, query) -> logits.get(query + " " + document)))
                .depths(20, 50)
                .build()
                .run()
                .rows();

        // then
        assertThat(rows.get(0).mean(Measure.ndcg(10))).isCloseTo(0.3578, within(0.00005));
        assertThat(rows.get(1).mean(Measure.ndcg(10))).isCloseTo(0.3879, within(0.00005));
        assertThat(rows.get(2).mean(Measure.ndcg(10))).isCloseTo(0.3922, within(0.00005));
    }
}
