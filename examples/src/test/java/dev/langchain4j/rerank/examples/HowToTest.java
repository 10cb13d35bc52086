package dev.langchain4j.rerank.examples;

import static dev.langchain4j.rerank.evaluation.Measure.mrr;
import static dev.langchain4j.rerank.evaluation.Measure.ndcg;
import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.data.document.Metadata;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.TokenCountEstimator;
import dev.langchain4j.model.scoring.ScoringModel;
import dev.langchain4j.rag.content.Content;
import dev.langchain4j.rag.content.ContentMetadata;
import dev.langchain4j.rag.query.Query;
import dev.langchain4j.rerank.CandidateFusion;
import dev.langchain4j.rerank.FailurePolicy;
import dev.langchain4j.rerank.PlattCalibration;
import dev.langchain4j.rerank.QuerySelector;
import dev.langchain4j.rerank.RankedContent;
import dev.langchain4j.rerank.Ranking;
import dev.langchain4j.rerank.RerankResult;
import dev.langchain4j.rerank.Reranker;
import dev.langchain4j.rerank.RerankingContentAggregator;
import dev.langchain4j.rerank.ScaledScoringModel;
import dev.langchain4j.rerank.ScoreNormalizer;
import dev.langchain4j.rerank.ScoreScale;
import dev.langchain4j.rerank.SelectionPolicy;
import dev.langchain4j.rerank.api.ApiScoringModel;
import dev.langchain4j.rerank.evaluation.Evaluation;
import dev.langchain4j.rerank.evaluation.EvaluationResult;
import dev.langchain4j.rerank.evaluation.Qrels;
import dev.langchain4j.rerank.evaluation.Run;
import dev.langchain4j.rerank.local.CrossEncoderScoringModel;
import dev.langchain4j.rerank.local.msmarcominilml12v2q.MsMarcoMiniLmL12V2QuantizedScoringModel;
import dev.langchain4j.rerank.report.EvaluationReport;
import dev.langchain4j.rerank.report.RankingReport;
import dev.langchain4j.rerank.scoring.CachingScoringModel;
import dev.langchain4j.rerank.scoring.CascadeScoringModel;
import dev.langchain4j.rerank.scoring.FallbackScoringModel;
import dev.langchain4j.rerank.scoring.LongDocumentScoringModel;
import dev.langchain4j.rerank.scoring.WeightedScoringModel;
import dev.langchain4j.rerank.testkit.FakeScoringModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The snippets of the how-to guides, run with the model in the jar wherever they need neither network nor GPU. */
class HowToTest {

    private static final Query QUERY = Query.from("How do I keep bread from going stale?");
    private static final Map<Query, Collection<List<Content>>> RETRIEVED = Map.of(
            QUERY,
            List.of(List.of(
                    content("Boussingault described in 1852 how bread goes stale.", "history.md"),
                    content("To keep bread fresh, freeze the loaf on the day it was baked.", "kitchen.md"),
                    content("A baker's dozen is thirteen.", "history.md"))));

    private static MsMarcoMiniLmL12V2QuantizedScoringModel scoringModel;

    @BeforeAll
    static void load() {
        scoringModel = new MsMarcoMiniLmL12V2QuantizedScoringModel();
    }

    @AfterAll
    static void close() {
        scoringModel.close();
    }

    private static Content content(String text, String file) {
        return Content.from(
                TextSegment.from(text, Metadata.from("file_name", file)), Map.of(ContentMetadata.SCORE, 0.5));
    }

    @Test
    void select_what_reaches_the_prompt() {
        TokenCountEstimator estimator = new WordCount();
        // tag::selection
        RerankingContentAggregator aggregator = RerankingContentAggregator.builder(scoringModel)
                .normalizer(ScoreNormalizer.sigmoid()) // report probabilities instead of logits
                .minScore(0.3) // on the reported scale
                .selection(
                        SelectionPolicy.perSource("file_name", 2),
                        SelectionPolicy.tokenBudget(1000, estimator),
                        SelectionPolicy.lostInTheMiddle())
                .topK(5)
                .build();
        // end::selection
        assertThat(aggregator.aggregate(RETRIEVED).get(0).textSegment().text()).startsWith("To keep bread fresh");
    }

    @Test
    void score_against_the_users_own_question() {
        // tag::queries
        RerankingContentAggregator aggregator = RerankingContentAggregator.builder(scoringModel)
                .querySelector(QuerySelector.originalUserMessage()) // one model call per ranking
                .fusion(CandidateFusion.reciprocalRankByQuery(60)) // LangChain4j's own order of several queries
                .textTemplate("{{title}}\n{{text}}") // the model reads the title, too
                .collapseDuplicates(true) // equal texts are scored once
                .build();
        // end::queries
        assertThat(aggregator.aggregate(RETRIEVED)).hasSize(3);
    }

    @Test
    void answer_in_time() {
        Map<Query, Collection<List<Content>>> queryToContents = RETRIEVED;
        // tag::deadline
        RerankingContentAggregator aggregator = RerankingContentAggregator.builder(scoringModel)
                .timeout(Duration.ofMillis(800))
                .onFailure(FailurePolicy.KEEP_RETRIEVAL_ORDER)
                .build();

        Ranking ranking = aggregator.rank(queryToContents);
        if (ranking.degraded()) {
            System.out.println("not fully reranked: " + ranking.degradedBy());
        }
        for (RankedContent content : ranking.kept()) {
            System.out.printf(
                    "#%d, retrieved as #%d, scored: %s%n",
                    content.rank(), content.retrievalRank(), content.detail().scored());
        }
        // end::deadline
        assertThat(ranking.kept()).hasSize(3);
    }

    @Test
    void see_why_a_passage_is_where_it_is(@TempDir Path folder) {
        RerankingContentAggregator aggregator =
                RerankingContentAggregator.builder(scoringModel).topK(2).build();
        Map<Query, Collection<List<Content>>> queryToContents = RETRIEVED;
        Path file = folder.resolve("ranking.html");
        // tag::ranking
        Ranking ranking = aggregator.rank(queryToContents);
        ranking.dropped().forEach(content -> System.out.println(content + ": " + content.dropReason()));
        RankingReport.builder(ranking).scale(ScoreScale.LOGIT).build().writeTo(file);
        // end::ranking
        assertThat(file).content().contains("beyond top 2");
    }

    @Test
    void calibrate() {
        double[] scores = {4.4, 2.1, -0.3, 0.9, -2.5, -4.0};
        boolean[] relevant = {true, true, true, false, false, false};
        // tag::calibration
        PlattCalibration calibration = PlattCalibration.fit(scores, relevant); // judged pairs of your own
        RerankingContentAggregator aggregator = RerankingContentAggregator.builder(scoringModel)
                .normalizer(calibration)
                .minScore(0.5)
                .build();
        // end::calibration
        assertThat(aggregator.aggregate(RETRIEVED)).isNotEmpty();
    }

    @Test
    void compose() {
        FakeScoringModel unreachable = new FakeScoringModel();
        unreachable.fail(new IllegalStateException("no network"));
        ScoringModel cohere = ScaledScoringModel.of(unreachable, ScoreScale.PROBABILITY);
        ScoringModel small = scoringModel;
        ScoringModel large = scoringModel;
        // tag::compose
        ScoringModel cached = CachingScoringModel.builder(large)
                .maxEntries(50_000)
                .expireAfterWrite(Duration.ofHours(1))
                .build();
        ScoringModel cascade = CascadeScoringModel.builder(small, cached)
                .keep(20) // texts that the large model scores
                .latencyBudget(Duration.ofMillis(300))
                .build();
        ScoringModel chain = FallbackScoringModel.builder("cohere", cohere)
                .orElse("local", large)
                .normalizer(ScoreNormalizer.toUnitInterval(), ScoreScale.PROBABILITY) // logits become probabilities
                .build();
        ScoringModel mean = WeightedScoringModel.builder(large, 2).and(small, 1).build();
        // end::compose
        for (ScoringModel model : List.of(cascade, chain, mean)) {
            assertThat(model.score("Freeze the loaf.", QUERY.text()).content()).isFinite();
        }
    }

    @Test
    void score_long_documents() {
        // tag::long
        ScoringModel model = LongDocumentScoringModel.builder(scoringModel)
                .window(384)
                .overlap(64)
                .meanOfTop(3)
                .build();
        // end::long
        assertThat(model.score("Freeze the loaf. ".repeat(500), QUERY.text()).content())
                .isFinite();
    }

    @Test
    void evaluate(@TempDir Path folder) {
        Map<String, String> queries = Map.of("q1", QUERY.text());
        Map<String, String> texts = Map.of(
                "d1", "Boussingault described in 1852 how bread goes stale.",
                "d2", "To keep bread fresh, freeze the loaf on the day it was baked.");
        Run candidates = Run.of(Map.of("q1", List.of("d1", "d2")));
        Qrels qrels = Qrels.of(Map.of("q1", Map.of("d2", 1)));
        Path file = folder.resolve("evaluation.html");
        // tag::evaluation
        EvaluationResult result = Evaluation.builder(queries, candidates, texts, qrels)
                .model("MiniLM-L12 int8", scoringModel)
                .depths(10, 20, 50)
                .measures(ndcg(10), mrr())
                .build()
                .run();
        System.out.println(result.toMarkdown());
        EvaluationReport.builder(result).build().writeTo(file);
        // end::evaluation
        assertThat(Files.exists(file)).isTrue();
        assertThat(result.rows().get(1).mean(mrr())).isEqualTo(1);
    }

    /** Compiled only: needs a key. */
    static List<RerankResult> http(String question, List<String> passages) {
        // tag::http
        try (ApiScoringModel scoringModel = ApiScoringModel.cohere() // or jina(), voyage(), tei(), bedrock(region), ...
                .apiKey(System.getenv("CO_API_KEY")) // the default; may be left out
                .modelName("rerank-v3.5")
                .timeout(Duration.ofSeconds(10)) // of one attempt
                .deadline(Duration.ofSeconds(30)) // of all requests, retries and waits together
                .build()) {
            return Reranker.builder(scoringModel).topK(5).build().rerank(question, passages);
        }
        // end::http
    }

    /** Compiled only: needs the network. */
    static CrossEncoderScoringModel hub() {
        // tag::hub
        CrossEncoderScoringModel scoringModel = CrossEncoderScoringModel.builder()
                .modelName("cross-encoder/ms-marco-MiniLM-L-6-v2")
                .revision("main") // in production, the 40 digits of a commit
                .cacheDirectory(Path.of("/models"))
                .build();
        // end::hub
        return scoringModel;
    }

    /** Compiled only: needs a GPU. */
    static CrossEncoderScoringModel gpu(Path directory) {
        // tag::gpu
        CrossEncoderScoringModel scoringModel = CrossEncoderScoringModel.builder()
                .modelPath(directory)
                .device("cuda:0") // or several: device("cuda:0", "cuda:1")
                .build();
        // end::gpu
        return scoringModel;
    }

    private static final class WordCount implements TokenCountEstimator {

        @Override
        public int estimateTokenCountInText(String text) {
            return text.split(" ", -1).length;
        }

        @Override
        public int estimateTokenCountInMessage(ChatMessage message) {
            throw new UnsupportedOperationException();
        }

        @Override
        public int estimateTokenCountInMessages(Iterable<ChatMessage> messages) {
            throw new UnsupportedOperationException();
        }
    }
}
