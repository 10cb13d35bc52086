package dev.langchain4j.rerank.examples.web;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.deque.html.axecore.results.Rule;
import com.deque.html.axecore.selenium.AxeBuilder;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.langchain4j.data.document.Metadata;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.embedding.onnx.allminilml6v2q.AllMiniLmL6V2QuantizedEmbeddingModel;
import dev.langchain4j.model.output.Response;
import dev.langchain4j.model.scoring.ScoringModel;
import dev.langchain4j.rag.query.Query;
import dev.langchain4j.rerank.RankedContent;
import dev.langchain4j.rerank.Ranking;
import dev.langchain4j.rerank.RerankingContentAggregator;
import dev.langchain4j.rerank.examples.ChatModels;
import dev.langchain4j.rerank.examples.ComputingHistory;
import dev.langchain4j.rerank.examples.KnowledgeBase;
import dev.langchain4j.rerank.examples.MilvusAddress;
import dev.langchain4j.rerank.testkit.HeadlessChromium;
import dev.langchain4j.rerank.testkit.MilvusLite;
import dev.langchain4j.rerank.testkit.ProjectDirectory;
import io.milvus.param.IndexType;
import io.milvus.param.MetricType;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.support.ui.WebDriverWait;

/** The page in a real browser, over a real Milvus and the real models; only the answers are scripted. */
class WebPageTest {

    private static final String QUESTION = "In which computer was the moth found in 1947?";
    private static final String MARKUP =
            "A moth was found in a relay. <img src=x onerror=\"document.title='taken over'\"> <b>1947</b>";
    private static final String MOTH =
            "On 9 September 1947 the operators of the Harvard Mark II found a moth in relay 70 of the computer.";
    private static final int DEPTH = 20;

    private static final ScriptedChatModel CHAT_MODEL = new ScriptedChatModel();

    private static MilvusLite milvus;
    private static KnowledgeBase knowledge;
    private static Rerankers rerankers;
    private static WebServer server;
    private static HeadlessChromium browser;

    private static final Map<String, Double> SCORES = new HashMap<>();

    /** The scores of the model in the jar, one call per passage. */
    private static final ScoringModel REMEMBERED = (segments, question) -> Response.from(segments.stream()
            .map(segment -> SCORES.computeIfAbsent(
                    segment.text(),
                    text -> rerankers
                            .choice(Rerankers.MINILM)
                            .model()
                            .score(text, question)
                            .content()))
            .toList());

    @BeforeAll
    static void start() {
        browser = HeadlessChromium.require();
        milvus = MilvusLite.start(line -> {});
        rerankers = new Rerankers(Map.of());
        knowledge = KnowledgeBase.ingest(
                new MilvusAddress(milvus.uri()),
                new AllMiniLmL6V2QuantizedEmbeddingModel(),
                IndexType.FLAT,
                MetricType.COSINE,
                passages());
        server = WebServer.start(
                0,
                About.of("a test", "answers are scripted", List.of(QUESTION), rerankers),
                new Answering(knowledge, rerankers, CHAT_MODEL));
    }

    @AfterAll
    static void stop() {
        Stream.<AutoCloseable>of(server, knowledge, rerankers, milvus, browser).forEach(WebPageTest::close);
    }

    private static void close(AutoCloseable opened) {
        try {
            if (opened != null) {
                opened.close();
            }
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static List<TextSegment> passages() {
        List<TextSegment> passages = new ArrayList<>(ComputingHistory.passages().subList(0, 80));
        passages.add(passage("The first bug", MOTH));
        passages.add(passage("The first bug, again", MOTH));
        passages.add(passage("A page of a stranger", MARKUP));
        passages.add(passage(
                "A long story",
                "The moth of 1947 lived in a computer which had relays. " + "It sat in a relay all day. ".repeat(120)));
        return passages;
    }

    private static TextSegment passage(String title, String text) {
        return TextSegment.from(
                text,
                Metadata.from(Map.of(
                        ComputingHistory.ID,
                        title,
                        ComputingHistory.TITLE,
                        title,
                        ComputingHistory.SOURCE,
                        "test.md")));
    }

    @BeforeEach
    void answers() {
        CHAT_MODEL.says("It was the", " Mark II [1].");
    }

    @Test
    void both_orders_are_joined_and_a_passage_is_marked_at_both_ends() {
        // given
        ask("");
        assertThat(all("#retrieved > li")).hasSize(DEPTH);
        assertThat(all("#kept > li")).hasSize(5);
        assertThat(all("#dropped > li")).hasSize(DEPTH - 5);
        assertThat(all("#lines line")).hasSize(DEPTH);
        // when
        all("#kept .pick").get(1).sendKeys(Keys.ENTER);
        // then
        String passage = all("#kept > li").get(1).getAttribute("data-passage");
        assertThat(all("li.picked"))
                .extracting(item -> item.getAttribute("data-passage"))
                .containsExactly(passage, passage);
        assertThat(all("#lines line.picked")).hasSize(1);
        // when
        all("#dropped > li").get(3).click();
        // then
        assertThat(all("li.picked"))
                .hasSize(2)
                .allMatch(item -> !item.getAttribute("data-passage").equals(passage));
        assertThat(all("#dropped li.picked .text")).singleElement().matches(WebElement::isDisplayed);
    }

    @Test
    void moves_scores_and_reasons_are_those_of_the_library_in_words() {
        // given
        Ranking ranking = rank(5, null);
        // when
        ask("");
        // then
        List<RankedContent> candidates = Stream.concat(ranking.kept().stream(), ranking.dropped().stream())
                .sorted(Comparator.comparingInt(RankedContent::rank))
                .toList();
        List<WebElement> rows = all("#after li.passage");
        assertThat(rows).hasSameSizeAs(candidates);
        for (int i = 0; i < rows.size(); i++) {
            RankedContent candidate = candidates.get(i);
            String row = rows.get(i).getText();
            assertThat(row).contains(move(candidate));
            if (candidate.rawScore() != null) {
                assertThat(row)
                        .contains(String.format(Locale.ROOT, "logit %.2f", candidate.rawScore())
                                .replace('-', '−'));
            }
            if (candidate.dropReason() != null) {
                assertThat(row).contains(candidate.dropReason());
            }
        }
        long newcomers = ranking.kept().stream()
                .filter(content -> content.retrievalRank() > 5)
                .count();
        assertThat(text("#summary"))
                .isEqualTo("%d found, %d scored, 5 kept; %d of the 5 %s not in the first 5 before"
                        .formatted(DEPTH, DEPTH - 1, newcomers, newcomers == 1 ? "was" : "were"));
        assertThat(text("#after")).contains("duplicate of retrieval #");
        assertThat(text("main")).doesNotContain("%");
        assertThat(all("#kept .axis .zero")).hasSize(5);
    }

    @Test
    void sliders_keep_what_the_library_would_keep_without_a_call() {
        // given
        ask("");
        long calls = requests();
        for (Kept options : List.of(
                new Kept(5, null),
                new Kept(1, null),
                new Kept(20, null),
                new Kept(5, -3.0),
                new Kept(20, 0.0),
                new Kept(3, 2.5),
                new Kept(5, 11.9))) {
            // when
            slide("topK", Integer.toString(options.topK()));
            slide(
                    "minScore",
                    options.minScore() == null ? "-12" : options.minScore().toString());
            // then
            Ranking ranking = rank(options.topK(), options.minScore());
            assertThat(passages("#kept > li")).as("%s", options).isEqualTo(places(ranking.kept()));
            assertThat(passages("#dropped > li")).as("%s", options).isEqualTo(places(ranking.dropped()));
            assertThat(text("#keeps"))
                    .matches("keeps %d of %d, about \\d+ tokens"
                            .formatted(ranking.kept().size(), DEPTH));
        }
        assertThat(requests()).isEqualTo(calls);
    }

    private record Kept(int topK, Double minScore) {}

    private static List<Integer> passages(String selector) {
        return all(selector).stream()
                .map(item -> Integer.valueOf(item.getAttribute("data-passage")))
                .toList();
    }

    private static List<Integer> places(List<RankedContent> contents) {
        return contents.stream().map(RankedContent::retrievalRank).toList();
    }

    @Test
    void the_time_of_an_answer_is_split_into_stages_that_add_up() {
        // when
        ask("");
        // then
        List<String> stages =
                all("#stages li").stream().map(WebElement::getText).toList();
        assertThat(stages)
                .extracting(stage -> stage.replaceAll(" [\\d.]+ ms$", ""))
                .containsExactly(
                        "embed",
                        "search",
                        "rerank: waiting",
                        "rerank: tokenizing",
                        "rerank: inference",
                        "rerank: other",
                        "first token",
                        "answer",
                        "other",
                        "total");
        double[] millis = stages.stream()
                .mapToDouble(stage -> Double.parseDouble(stage.replaceAll(".* ([\\d.]+) ms$", "$1")))
                .toArray();
        double sum = 0;
        for (int i = 0; i < millis.length - 1; i++) {
            sum += millis[i];
        }
        assertThat(millis[millis.length - 1]).isCloseTo(sum, within(0.5 * millis.length));
        assertThat(millis[3]).as("rerank: tokenizing").isPositive();
        assertThat(millis[4]).as("rerank: inference").isPositive();
        assertThat(all("#bar span.other")).hasSize(2);
    }

    @Test
    void the_page_says_why_a_passage_is_where_it_is() {
        // when
        ask("&model=windows");
        // then
        assertThat(text("#kept")).contains(" which ");
        assertThat(all("#kept .text u"))
                .extracting(WebElement::getText)
                .contains("moth", "1947", "computer")
                .doesNotContain("which");
        pick("A long story");
        WebElement story = passage("A long story");
        assertThat(story.findElement(By.tagName("mark")).getText()).contains("moth");
        // when
        ask("&model=minilm");
        pick("A long story");
        // then
        assertThat(passage("A long story").getText()).endsWith("…cut at 512 tokens\nrelevant\nnot relevant");
    }

    @Test
    void the_answer_streams_and_its_citations_are_checked() {
        // given
        CHAT_MODEL.says("It was the Mark II [2],", " and [99].");
        CompletableFuture<Void> last = CHAT_MODEL.pausesBeforeItsLast();
        // when
        open("");
        await(() -> text("#log .answer").equals("It was the Mark II [2],"));
        // then
        assertThat(attribute("#log", "aria-busy")).isEqualTo("true");
        assertThat(all(".cite")).isEmpty();
        // when
        last.complete(null);
        awaitAnswer();
        // then
        assertThat(attribute("#log", "aria-busy")).isEqualTo("false");
        assertThat(text("#log .answer")).isEqualTo("It was the Mark II [2], and [99].");
        assertThat(text("#status")).isEqualTo("answered from 5 passages, 1 cited; 1 citation names no passage.");
        assertThat(all(".cite")).singleElement().extracting(WebElement::getText).isEqualTo("[2]");
        assertThat(all("#kept > li").get(1).getText()).contains("cited as [2]");
        // when
        all(".cite").get(0).click();
        // then
        assertThat(browser.driver().switchTo().activeElement())
                .isEqualTo(all("#kept .pick").get(1));
        assertThat(all("#kept li.picked")).hasSize(1);
    }

    @Test
    void the_chat_remembers_the_conversation_without_its_passages() {
        // given
        ask("");
        // when
        question().clear();
        question().sendKeys("And who found it?", Keys.ENTER);
        awaitTurns(2);
        // then
        assertThat(CHAT_MODEL.asked()).hasSizeGreaterThanOrEqualTo(3);
        assertThat(CHAT_MODEL.asked().get(CHAT_MODEL.asked().size() - 2))
                .isEqualTo(AiMessage.from("It was the Mark II [1]."));
        assertThat(CHAT_MODEL.asked().get(CHAT_MODEL.asked().size() - 3).toString())
                .contains(QUESTION)
                .doesNotContain("relay 70");
        assertThat(all("#log .turn")).hasSize(2);
    }

    @Test
    void one_switch_answers_without_reranking_beside() {
        // when
        ask("&compare=1");
        // then
        assertThat(all("#log .by"))
                .extracting(WebElement::getText)
                .containsExactly("With reranking", "Without reranking");
        assertThat(all("#log .answer"))
                .hasSize(2)
                .allMatch(answer -> answer.getText().equals("It was the Mark II [1]."));
        assertThat(text("#afterTitle")).isEqualTo("Reranked");
        // when
        ask("&model=none");
        // then
        assertThat(text("#afterTitle")).isEqualTo("Kept (not reranked)");
        assertThat(text("#summary"))
                .isEqualTo("%d found, 0 scored, 5 kept; 0 of the 5 were not in the first 5 before".formatted(DEPTH));
        assertThat(all("#kept .move")).extracting(WebElement::getText).startsWith("= 1", "= 2");
    }

    @Test
    void a_cascade_ranks_by_two_stages_and_says_which() {
        // when
        ask("&model=cascade");
        // then
        assertThat(text("#legend")).contains("only their order is meaningful");
        assertThat(all("#kept > li").get(0).getText()).contains("ranked by stage “second”");
    }

    @Test
    void a_reranker_that_hangs_or_fails_is_told_and_answers_go_on() {
        // when
        ask("&fault=hang&timeout=3000&minScore=11");
        // then
        assertThat(text("#banner"))
                .isEqualTo(
                        "reranker scored 12 of %d within 3000 ms; the rest in retrieval order, minimum score not applied"
                                .formatted(DEPTH - 1));
        assertThat(all("#kept > li")).hasSize(5);
        assertThat(all("#dropped > li").get(DEPTH - 8).getText()).contains("not scored: deadline");
        assertThat(text("#log .answer")).isEqualTo("It was the Mark II [1].");
        // when
        ask("&fault=fail");
        // then
        assertThat(text("#banner"))
                .isEqualTo("reranker failed after 12 of %d; the rest in retrieval order, minimum score not applied"
                        .formatted(DEPTH - 1));
        assertThat(all("#dropped > li").get(DEPTH - 8).getText()).contains("not scored: failure");
        // when
        ask("");
        // then
        assertThat(one("#banner").isDisplayed()).isFalse();
    }

    @Test
    void judgements_measure_both_orders_and_all_can_be_kept() throws Exception {
        // given
        ask("");
        // when
        all("#kept > li").get(0).findElement(By.cssSelector("[data-grade='1']")).click();
        // then
        int retrievalRank = Integer.parseInt(all("#kept > li").get(0).getAttribute("data-passage"));
        double before = retrievalRank > 5 ? 0 : Math.log(2) / Math.log(retrievalRank + 1);
        await(() -> text("#quality").contains("judgement:"));
        assertThat(text("#quality"))
                .isEqualTo(String.format(
                        Locale.ROOT, "nDCG@5 by 1 judgement: %.3f before, 1.000 after reranking", before));
        // and
        HttpResponse<String> report = get(URI.create(one("#report").getAttribute("href")));
        assertThat(report.headers().firstValue("Content-Disposition"))
                .hasValue("attachment; filename=\"ranking.html\"");
        assertThat(report.body()).contains("<title>Ranking: " + QUESTION);
        JsonNode kept = downloadedJson();
        assertThat(kept.at("/settings/q").asText()).isEqualTo(QUESTION);
        assertThat(kept.at("/ranking/passages")).hasSize(DEPTH);
        assertThat(kept.at("/quality/measure").asText()).isEqualTo("nDCG@5");
    }

    /** Returns the content that the button offers for download. */
    private static JsonNode downloadedJson() throws IOException {
        browser.evaluate(
                "URL.createObjectURL = blob => { blob.text().then(text => window.kept = text); return 'blob:x' };"
                        + "HTMLAnchorElement.prototype.click = () => {};");
        one("#json").click();
        await(() -> browser.evaluate("return window.kept") != null);
        return new JsonMapper().readTree(String.valueOf(browser.evaluate("return window.kept")));
    }

    @Test
    void question_and_settings_are_in_the_url() {
        // given
        ask("&model=cascade&topK=3");
        slide("topK", "7");
        // when
        URI url = URI.create(browser.driver().getCurrentUrl());
        browser.driver().get(url.toString());
        awaitAnswer();
        // then
        assertThat(question().getAttribute("value")).isEqualTo(QUESTION);
        assertThat(one("#model").getAttribute("value")).isEqualTo("cascade");
        assertThat(one("#depth").getAttribute("value")).isEqualTo(Integer.toString(DEPTH));
        assertThat(all("#kept > li")).hasSize(7);
    }

    @Test
    void nothing_from_documents_questions_or_models_becomes_markup() {
        // given
        CHAT_MODEL.says(
                "<img src=x onerror=\"document.title='taken over'\">", "<script>document.title='taken over'</script>");
        // when
        open("&q=" + encoded("<b>moth</b> <img src=x onerror=\"document.title='taken over'\">") + "&topK=20");
        awaitAnswer();
        pick("A page of a stranger");
        // then
        assertThat(all("img, b, main script")).isEmpty();
        assertThat(passage("A page of a stranger").getText()).contains("<img src=x onerror=", "<b>1947</b>");
        assertThat(text("#log")).contains("<b>moth</b>", "<script>document.title");
        assertThat(browser.driver().getTitle()).isEqualTo("What reranking moved, and why");
    }

    @ParameterizedTest
    @CsvSource({"1200,false", "1200,true", "700,false", "320,false", "320,true"})
    void the_page_is_accessible_at_every_width_in_light_and_dark(int width, boolean dark) {
        // given
        browser.open(url("&compare=1&fault=hang&timeout=500"), width, 900, dark);
        awaitAnswer();
        // when
        pick("A page of a stranger");
        // then
        assertThat(new AxeBuilder().analyze(browser.driver()).getViolations())
                .extracting(Rule::getId, Rule::getNodes)
                .isEmpty();
        assertThat(browser.evaluate("return document.documentElement.scrollWidth - window.innerWidth"))
                .isEqualTo(0L);
        assertThat(one("#before").isDisplayed()).isEqualTo(width >= 700);
        assertThat(all("#kept .move")).allMatch(WebElement::isDisplayed);
        Object brightness = browser.evaluate(
                "return Math.max(...getComputedStyle(document.body).backgroundColor.match(/\\d+/g).map(Number))");
        assertThat((Long) brightness < 60).isEqualTo(dark);
    }

    @Test
    void everything_is_reached_by_keyboard() {
        // given
        browser.open(server.uri(), 1200, 900, false);
        await(() -> !all("#model option").isEmpty());
        // when
        tabTo("question");
        press(QUESTION, Keys.ENTER);
        awaitAnswer();
        tabTo("topK");
        press(Keys.HOME);
        // then
        assertThat(all("#kept > li")).hasSize(1);
        // when
        tabTo("minScore");
        press(Keys.ARROW_RIGHT, Keys.ARROW_RIGHT);
        // then
        assertThat(text("#minScoreValue")).isEqualTo("−11.80");
        assertThat(attribute("#minScore", "aria-valuetext")).isEqualTo("−11.80, keeps 1 of 50");
        // when
        while (!focused().getAttribute("class").equals("cite")) {
            press(Keys.TAB);
        }
        press(Keys.ENTER);
        // then
        assertThat(all("#kept li.picked")).hasSize(1);
        assertThat(browser.evaluate("return getComputedStyle(document.activeElement).outlineStyle"))
                .isEqualTo("solid");
    }

    @Test
    void milvus_may_stop_and_start_while_the_page_is_open() {
        // given
        ask("");
        // when
        milvus.interrupt();
        ask("");
        // then
        assertThat(text("#problem"))
                .isEqualTo("Milvus does not respond at " + milvus.uri()
                        + ": start it, or set MILVUS_URI to a running one, and ask again");
        assertThat(text("#status")).isEqualTo("There is no answer.");
        // when
        milvus.resume();
        one("#ask").click();
        awaitTurns(2);
        // then
        assertThat(text("#log .turn:last-child .answer")).isEqualTo("It was the Mark II [1].");
        assertThat(one("#problem").isDisplayed()).isFalse();
    }

    /** Takes pictures of the example as {@code ./demo web} shows it. */
    @Test
    @EnabledIfSystemProperty(named = "docs.update", matches = "true")
    void pictures_for_the_documents() throws IOException {
        try (KnowledgeBase history = KnowledgeBase.ingest(
                        new MilvusAddress(milvus.uri()),
                        new AllMiniLmL6V2QuantizedEmbeddingModel(),
                        IndexType.FLAT,
                        MetricType.COSINE,
                        ComputingHistory.passages());
                WebServer example = WebServer.start(
                        0,
                        About.of(
                                "the history of computing and AI",
                                ChatModels.describe(Map.of()),
                                List.copyOf(ComputingHistory.questions().values()),
                                rerankers),
                        new Answering(history, rerankers, ChatModels.streaming(Map.of())))) {
            URI page = URI.create(example.uri() + "?compare=1&depth=20&timeout=10000&q="
                    + encoded("For which company was the Intel 4004 originally designed?"));
            picture(page, "web-chat", 1200, 1400, false);
            picture(page, "web-chat-dark", 1200, 1400, true);
            picture(page, "web-chat-narrow", 390, 1400, false);
        }
    }

    private static void picture(URI page, String name, int width, int height, boolean dark) throws IOException {
        browser.open(page, width, height, dark);
        awaitAnswer();
        all("#kept .pick").get(0).click();
        browser.evaluate("scrollTo(0, 0)");
        byte[] picture = browser.screenshot();
        assertThat(picture).as(name).hasSizeLessThan(400_000);
        Files.write(ProjectDirectory.root().resolve("docs/images").resolve(name + ".png"), picture);
    }

    /** Returns the library's ranking for the question. */
    private static Ranking rank(int topK, Double minScore) {
        RerankingContentAggregator.Builder aggregator =
                RerankingContentAggregator.builder(REMEMBERED).topK(topK).collapseDuplicates(true);
        if (minScore != null) {
            aggregator.minScore(minScore);
        }
        Query query = Query.from(QUESTION);
        return aggregator
                .build()
                .rank(Map.of(query, List.of(knowledge.retriever(DEPTH).retrieve(query))));
    }

    private static String move(RankedContent candidate) {
        int from = candidate.retrievalRank();
        int to = candidate.rank();
        return from == to
                ? "= " + to
                : "%s %d (%d → %d)".formatted(to < from ? "▲" : "▼", Math.abs(from - to), from, to);
    }

    // the browser

    /** The page with the question; {@code parameters} overrule, for instance {@code &depth=10}. */
    private static URI url(String parameters) {
        Map<String, String> all = new LinkedHashMap<>(
                Map.of("q", encoded(QUESTION), "depth", Integer.toString(DEPTH), "timeout", "10000"));
        Stream.of(parameters.split("&", -1))
                .filter(parameter -> !parameter.isEmpty())
                .map(parameter -> parameter.split("=", 2))
                .forEach(parameter -> all.put(parameter[0], parameter[1]));
        return URI.create(server.uri() + "?"
                + all.entrySet().stream()
                        .map(parameter -> parameter.getKey() + "=" + parameter.getValue())
                        .collect(joining("&")));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static void open(String parameters) {
        browser.open(url(parameters), 1200, 900, false);
    }

    private static void ask(String parameters) {
        open(parameters);
        awaitAnswer();
    }

    private static void awaitAnswer() {
        await(() -> !text("#status").isEmpty());
    }

    private static void awaitTurns(int turns) {
        await(() -> all("#log .turn").size() == turns && !text("#status").isEmpty());
    }

    private interface Condition {
        boolean holds();
    }

    private static void await(Condition condition) {
        new WebDriverWait(browser.driver(), Duration.ofSeconds(20), Duration.ofMillis(20))
                .until(driver -> condition.holds());
    }

    private static WebElement one(String selector) {
        return browser.driver().findElement(By.cssSelector(selector));
    }

    private static List<WebElement> all(String selector) {
        return browser.driver().findElements(By.cssSelector(selector));
    }

    /** Returns the text of an element, whether it is in view or not. */
    private static String text(String selector) {
        return String.valueOf(
                browser.evaluate("return document.querySelector(arguments[0])?.textContent ?? ''", selector));
    }

    private static String attribute(String selector, String name) {
        return one(selector).getAttribute(name);
    }

    private static WebElement question() {
        return one("#question");
    }

    private static WebElement passage(String title) {
        return all("#after li.passage").stream()
                .filter(item -> item.findElement(By.className("pick")).getText().endsWith(". " + title))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no passage " + title + " among "
                        + all("#after .pick").stream().map(WebElement::getText).collect(joining("; "))));
    }

    private static void pick(String title) {
        browser.evaluate("arguments[0].click()", passage(title).findElement(By.className("pick")));
    }

    private static void slide(String name, String value) {
        browser.evaluate(
                "const slider = document.getElementById(arguments[0]); slider.value = arguments[1];"
                        + "slider.dispatchEvent(new Event('input', {bubbles: true}))",
                name,
                value);
    }

    private static long requests() {
        return (Long) browser.evaluate("return performance.getEntriesByType('resource').length");
    }

    private static WebElement focused() {
        return browser.driver().switchTo().activeElement();
    }

    private static void press(CharSequence... keys) {
        focused().sendKeys(keys);
    }

    private static void tabTo(String id) {
        for (int i = 0; i < 200 && !id.equals(focused().getAttribute("id")); i++) {
            press(Keys.TAB);
        }
        assertThat(focused().getAttribute("id")).isEqualTo(id);
    }

    private static HttpResponse<String> get(URI uri) throws Exception {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    }
}
