package dev.langchain4j.rerank.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.langchain4j.data.document.Metadata;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.output.Response;
import dev.langchain4j.model.scoring.ScoringModel;
import dev.langchain4j.rag.content.Content;
import dev.langchain4j.rag.content.ContentMetadata;
import dev.langchain4j.rag.query.Query;
import dev.langchain4j.rerank.FailurePolicy;
import dev.langchain4j.rerank.InvalidOptionException;
import dev.langchain4j.rerank.Ranking;
import dev.langchain4j.rerank.RerankMetadata;
import dev.langchain4j.rerank.RerankingContentAggregator;
import dev.langchain4j.rerank.ScaledScoringModel;
import dev.langchain4j.rerank.ScoreDetail;
import dev.langchain4j.rerank.ScoreNormalizer;
import dev.langchain4j.rerank.ScoreScale;
import dev.langchain4j.rerank.SelectionPolicy;
import dev.langchain4j.rerank.TextWindow;
import dev.langchain4j.rerank.testkit.FakeScoringModel;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RankingReportTest {

    /** The score of a text is the number at its end. */
    private static final FakeScoringModel BY_NUMBER =
            new FakeScoringModel((text, query) -> Double.parseDouble(text.substring(text.lastIndexOf(' '))));

    private static RerankingContentAggregator.Builder aggregator() {
        return RerankingContentAggregator.builder(BY_NUMBER);
    }

    private static Ranking rank(RerankingContentAggregator aggregator, String... texts) {
        return aggregator.rank(Map.of(
                Query.from("which one?"),
                List.of(Stream.of(texts).map(Content::from).toList())));
    }

    private static PageElements page(Ranking ranking) {
        return PageElements.of(RankingReport.builder(ranking).build().html());
    }

    @Test
    void both_orders_stand_side_by_side_with_a_line_for_each_candidate() {
        // when
        PageElements page = page(rank(aggregator().topK(2).build(), "a -3", "b 4", "c 9.5"));

        // then
        assertThat(page.texts("//h1")).containsExactly("which one?");
        assertThat(page.texts("//*[@class='before']//a")).containsExactly("a -3", "b 4", "c 9.5");
        assertThat(page.texts("//*[@class='before']//*[contains(@class,'target')]"))
                .containsExactly("→ dropped", "→ 2", "→ 1");
        assertThat(page.texts("//*[@class='after']//li[@class='row kept']//a")).containsExactly("c 9.5", "b 4");
        assertThat(page.texts("//*[@class='after']//li[@class='row']//a")).containsExactly("a -3");
        assertThat(page.texts("//*[@class='lines']/*/@class")).containsExactly("line gone", "line up", "line same");
        assertThat(page.texts("//*[@class='lines']/*/@data-candidate")).containsExactly("1", "3", "2");
    }

    @Test
    void moves_and_reasons_are_told_in_signs_and_in_words() {
        // when
        PageElements page = page(
                rank(aggregator().topK(2).maxCandidates(4).minScore(0).build(), "a -3", "b 4", "c 9", "d 5", "e 1"));

        // then
        assertThat(page.texts("//*[@class='after']//*[starts-with(@class,'move')]/*[@aria-hidden]"))
                .containsExactly("▲ 2 (3 → 1)", "▲ 2 (4 → 2)", "▼ 1 (2 → 3)", "▼ 3 (1 → 4)", "= 5");
        assertThat(page.texts("//*[@class='after']//*[@class='spoken']"))
                .containsExactly(
                        "up 2, from 3 to 1",
                        "up 2, from 4 to 2",
                        "down 1, from 2 to 3",
                        "down 3, from 1 to 4",
                        "unchanged at 5");
        assertThat(page.texts("//*[@class='after']//*[@class='reason']"))
                .containsExactly("beyond top 2", "below minimum score 0.0", "beyond 4 candidates");
        assertThat(page.texts("//*[@class='after']//*[@class='stage']")).containsExactly("scored", "scored");
    }

    @Test
    void counts_what_was_found_scored_kept_and_new() {
        // when
        PageElements page =
                page(rank(aggregator().topK(2).maxCandidates(4).build(), "a 1", "b 4", "c 9", "d 5", "e 1"));

        // then
        assertThat(page.texts("//*[@class='tiles']/li"))
                .containsExactly("5 found", "4 scored", "2 kept", "2 of them not in the first 2 in retrieval order");
    }

    @Test
    void bars_are_on_the_scale_of_the_model_with_a_line_at_zero() {
        // when
        String html = RankingReport.builder(rank(aggregator().build(), "a 6", "b -2"))
                .scale(ScoreScale.LOGIT)
                .build()
                .html();

        // then: the axis is -2 to 6, so zero is at a quarter
        PageElements page = PageElements.of(html);
        assertThat(page.texts("//*[@class='legend']"))
                .hasSize(1)
                .first()
                .asString()
                .startsWith("Bars: logit, from −2 to 6; the line marks 0.");
        assertThat(page.texts("//*[@class='score']/*[@class='value']")).containsExactly("6.000", "−2.000");
        assertThat(page.texts("//*[@class='zero']/@x1")).containsExactly("25.0", "25.0");
        assertThat(page.texts("//*[@class='length']/@x")).containsExactly("25.0", "0.0");
        assertThat(page.texts("//*[@class='length']/@width")).containsExactly("75.0", "25.0");
        assertThat(html.substring(html.indexOf("<body>"))).doesNotContain("%");
    }

    @Test
    void a_reported_score_stands_beside_the_raw_one_where_they_differ() {
        // given
        RerankingContentAggregator sigmoid = RerankingContentAggregator.builder(
                        ScaledScoringModel.of(BY_NUMBER, ScoreScale.LOGIT))
                .normalizer(ScoreNormalizer.sigmoid())
                .build();

        // when
        PageElements page = page(rank(sigmoid, "a 2", "b -1"));

        // then
        assertThat(page.texts("//*[@class='reported']")).containsExactly("reported 0.8808", "reported 0.2689");
        assertThat(page.texts("//article//dt"))
                .containsExactly(
                        "ranked by", "raw score", "reported score", "ranked by", "raw score", "reported score");
    }

    @Test
    void the_best_window_is_marked_in_the_reranked_row_and_in_the_passage() {
        // given
        String text = "unrelated words. the answer is here. more words";
        int start = text.indexOf("the answer");
        ScoreDetail detail = new ScoreDetail(true, "windows", new TextWindow(start, start + 19), true);
        ScoringModel model = new ScoringModel() {
            @Override
            public Response<List<Double>> scoreAll(List<TextSegment> segments, String query) {
                return Response.from(
                        List.of(0.5),
                        null,
                        null,
                        RerankMetadata.builder()
                                .scoreDetails(List.of(detail))
                                .build()
                                .toMap());
            }
        };

        // when
        PageElements page = page(rank(RerankingContentAggregator.builder(model).build(), text));

        // then
        assertThat(page.texts("//mark")).containsExactly("the answer is here.", "the answer is here.");
        assertThat(page.texts("//article//p")).containsExactly(text);
        assertThat(page.texts("//article//dl/div"))
                .containsExactly(
                        "ranked bywindows",
                        "score0.5",
                        "scored bythe marked window",
                        "truncatedthe model read only the beginning");
    }

    @Test
    void of_a_long_text_the_part_around_the_beginning_is_shown_with_its_place() {
        // when
        PageElements page = page(rank(aggregator().build(), "word ".repeat(1_000) + " 1"));

        // then
        assertThat(page.texts("//article//p").get(0))
                .hasSize(2_000 - 1 + " …".length())
                .endsWith("word …");
        assertThat(page.texts("//article//dl/div[dt='shown']/dd")).containsExactly("characters 1 to 2,000 of 5,002");
    }

    @Test
    void retrieval_score_and_metadata_of_the_segment_are_told() {
        // given
        Content content = Content.from(
                TextSegment.from("a 1", Metadata.from("source", "a.md")), Map.of(ContentMetadata.SCORE, 0.75));

        // when
        PageElements page = page(aggregator().build().rank(Map.of(Query.from("q"), List.of(List.of(content)))));

        // then
        assertThat(page.texts("//article//dl/div"))
                .containsExactly("ranked byscored", "score1", "retrieval score0.75", "sourcea.md");
    }

    @Test
    void a_degraded_ranking_says_so_with_the_cause() {
        // given
        FakeScoringModel failing = new FakeScoringModel();
        failing.fail(new IllegalStateException("the service is down"));

        // when
        PageElements page = page(rank(
                RerankingContentAggregator.builder(failing)
                        .onFailure(FailurePolicy.KEEP_RETRIEVAL_ORDER)
                        .build(),
                "a",
                "b"));

        // then
        assertThat(page.texts("//*[@class='banner']"))
                .containsExactly(
                        "Degraded: this ranking is incomplete. 0 of 2 candidates were scored. Candidates without a"
                                + " score follow in retrieval order and are exempt from minimum scores."
                                + " Cause: java.lang.IllegalStateException: the service is down");
        assertThat(page.texts("//*[@class='score']")).containsExactly("not scored", "not scored");
        assertThat(page.count("//*[@class='after']//*[@class='bar']")).isZero();
    }

    @Test
    void a_ranking_that_is_not_degraded_has_no_banner() {
        assertThat(page(rank(aggregator().build(), "a 1")).count("//*[@class='banner']"))
                .isZero();
    }

    @Test
    void an_order_that_is_not_by_rank_is_told() {
        // when
        PageElements page = page(
                rank(aggregator().selection(SelectionPolicy.lostInTheMiddle()).build(), "a 1", "b 2", "c 3"));

        // then
        assertThat(page.texts("//*[@class='after']//*[@class='place']")).containsExactly("1", "3", "2");
        assertThat(page.texts("//*[@class='legend']").get(0))
                .endsWith("Kept passages are passed on in an order other than by rank.");
    }

    @Test
    void a_ranking_of_nothing_is_a_page_all_the_same() {
        // when
        PageElements page = page(aggregator().build().rank(Map.of()));

        // then
        assertThat(page.texts("//h1")).containsExactly("No query");
        assertThat(page.texts("//main/p")).containsExactly("Nothing was retrieved, so there was nothing to rank.");
        assertThat(page.count("//svg")).isZero();
    }

    @Test
    void a_ranking_that_keeps_nothing_shows_what_was_dropped() {
        // when
        PageElements page = page(rank(aggregator().minScore(5).build(), "a 1", "b 2"));

        // then
        assertThat(page.texts("//section/p[.='No passage was kept.']")).hasSize(1);
        assertThat(page.texts("//details/summary/*[@class='reason']"))
                .containsExactly("below minimum score 5.0", "below minimum score 5.0");
        assertThat(page.texts("//details/summary/*[@class='start']")).containsExactly("b 2", "a 1");
    }

    @Test
    void headings_are_in_order_and_the_language_is_told() {
        // when
        PageElements page = page(rank(aggregator().topK(1).build(), "a 1", "b 2"));

        // then
        assertThat(page.texts("//html/@lang")).containsExactly("en");
        assertThat(page.texts("//h1 | //h2 | //h3"))
                .containsExactly(
                        "which one?",
                        "What moved",
                        "Retrieval order",
                        "Reranked",
                        "Dropped",
                        "Kept passages",
                        "Rank 1 ▲ 1 (2 → 1)up 1, from 2 to 1",
                        "Dropped passages");
    }

    @Test
    void nothing_is_loaded_from_elsewhere_and_the_policy_forbids_it() {
        // when
        PageElements page = page(rank(aggregator().build(), "a 1"));

        // then
        assertThat(page.count("//@src | //link | //@style | //@onload | //@onerror"))
                .isZero();
        assertThat(page.texts("//@href")).allMatch(href -> href.startsWith("#passage-"));
        assertThat(page.texts("//meta[@http-equiv='Content-Security-Policy']/@content")
                        .get(0))
                .matches(
                        "default-src 'none'; style-src 'sha256-[A-Za-z0-9+/]{43}='; script-src 'sha256-[A-Za-z0-9+/]{43}=';"
                                + " base-uri 'none'; form-action 'none'");
    }

    @Test
    void markup_in_texts_queries_metadata_and_titles_stays_text() {
        // given
        String planted = "<img src=x onerror=\"alert(1)\"></script><script>alert('2')</script> & \u0000 \uD800 1";
        Content content = Content.from(TextSegment.from(planted, Metadata.from("<b>key</b>", planted)));

        // when
        Ranking ranking = aggregator().build().rank(Map.of(Query.from(planted), List.of(List.of(content))));
        PageElements page = PageElements.of(
                RankingReport.builder(ranking).title("<i>title</i>").build().html());

        // then
        String shown = planted.replace('\u0000', '\uFFFD').replace('\uD800', '\uFFFD');
        assertThat(page.count("//img | //b[.='key'] | //i | //body//script[contains(., 'alert')]"))
                .isZero();
        assertThat(page.texts("//h1")).containsExactly(shown);
        assertThat(page.texts("//article/p")).containsExactly(shown);
        assertThat(page.texts("//article//dt")).contains("<b>key</b>");
        assertThat(page.texts("//title")).containsExactly("<i>title</i>: " + shown);
    }

    @Test
    void writes_the_page_in_utf_8_over_what_was_there(@TempDir Path directory) throws Exception {
        // given
        Path file = Files.writeString(directory.resolve("ranking.html"), "old");
        RankingReport report =
                RankingReport.builder(rank(aggregator().build(), "grüße 1")).build();

        // when
        report.writeTo(file);

        // then
        assertThat(file).hasContent(report.html());
        assertThat(report.html()).contains("grüße");
    }

    @Test
    void a_file_that_cannot_be_written_is_named(@TempDir Path directory) {
        Path file = directory.resolve("absent/ranking.html");
        RankingReport report =
                RankingReport.builder(rank(aggregator().build(), "a 1")).build();
        assertThatExceptionOfType(UncheckedIOException.class)
                .isThrownBy(() -> report.writeTo(file))
                .withMessage(file + " cannot be written: " + file);
    }

    @Test
    void refuses_null() {
        assertThatExceptionOfType(InvalidOptionException.class)
                .isThrownBy(() -> RankingReport.builder(null))
                .withMessage("ranking is null: pass the result of rank(...)");
    }
}
