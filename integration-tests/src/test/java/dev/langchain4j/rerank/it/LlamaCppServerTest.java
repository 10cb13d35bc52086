package dev.langchain4j.rerank.it;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.within;

import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.exception.AuthenticationException;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.exception.LangChain4jException;
import dev.langchain4j.exception.RetriableException;
import dev.langchain4j.model.scoring.ScoringModel;
import dev.langchain4j.model.scoring.request.ScoringRequest;
import dev.langchain4j.model.scoring.response.ScoringResponse;
import dev.langchain4j.rag.content.Content;
import dev.langchain4j.rag.query.Query;
import dev.langchain4j.rerank.FailurePolicy;
import dev.langchain4j.rerank.RankedContent;
import dev.langchain4j.rerank.Ranking;
import dev.langchain4j.rerank.RerankResult;
import dev.langchain4j.rerank.Reranker;
import dev.langchain4j.rerank.RerankingContentAggregator;
import dev.langchain4j.rerank.api.ApiScoringModel;
import dev.langchain4j.rerank.testkit.LlamaCppServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Protocols of self-hosted services over a socket, against a third-party server: llama.cpp supports its own protocol,
 * that of Text Embeddings Inference, and the flat one of Cohere, Jina and vLLM. The scores themselves are not asserted:
 * docs/how-to/use-a-serving-engine.md explains why they differ from those of the model.
 */
class LlamaCppServerTest {

    /** A protocol of the server. */
    private enum Protocol {
        LLAMA_CPP,
        TEI,
        VLLM,
        JINA,
        COHERE;

        ApiScoringModel.Builder at(LlamaCppServer server) {
            String uri = server.uri();
            ApiScoringModel.Builder builder = switch (this) {
                case LLAMA_CPP -> ApiScoringModel.llamaCpp().baseUrl(uri);
                case TEI -> ApiScoringModel.tei().baseUrl(uri);
                case VLLM -> ApiScoringModel.vllm().baseUrl(uri);
                case JINA -> ApiScoringModel.jina().baseUrl(uri);
                case COHERE -> ApiScoringModel.cohere().baseUrl(uri + "/v1"); // the server has no v2
            };
            return builder.apiKey(server.apiKey()).modelName("ms-marco-minilm");
        }
    }

    private static final String QUERY = "how do I reset my password?";
    private static final String ANSWER = "Open settings and choose reset password.";
    private static final List<String> DOCUMENTS = List.of(
            "Bananas are rich in potassium.",
            "A password should be long and known to nobody else.",
            ANSWER,
            "The weather is nice today.",
            "If you forgot your password, ask the administrator for a new one.");

    /** Pairs that the server computes together round differently than single pairs. */
    private static final double ROUNDING = 1e-2;

    /** Seconds after which a waiting test fails. */
    private static final int PATIENCE = 60;

    @AutoClose
    private static LlamaCppServer server;

    private final Wire wire = new Wire();
    private final OkHttpClient client =
            new OkHttpClient.Builder().eventListener(wire).build();

    @BeforeAll
    static void start() {
        server = LlamaCppServer.require();
    }

    @ParameterizedTest
    @EnumSource
    void puts_the_answer_first(Protocol protocol) {
        try (ApiScoringModel model = protocol.at(server).build()) {
            List<RerankResult> results = Reranker.builder(model).topK(1).build().rerank(QUERY, DOCUMENTS);

            assertThat(results)
                    .singleElement()
                    .extracting(RerankResult::text, RerankResult::index)
                    .containsExactly(ANSWER, DOCUMENTS.indexOf(ANSWER));
        }
    }

    @ParameterizedTest
    @EnumSource
    void gives_each_document_its_own_score_wherever_it_stands(Protocol protocol) {
        try (ApiScoringModel model = protocol.at(server).build()) {
            List<Double> alone = new ArrayList<>();
            for (String document : DOCUMENTS) {
                alone.add(model.score(document, QUERY).content());
            }
            List<String> reversed = new ArrayList<>(DOCUMENTS);
            Collections.reverse(reversed);

            List<Double> together = scores(model, reversed);

            Collections.reverse(alone);
            assertClose(together, alone);
        }
    }

    @ParameterizedTest
    @EnumSource
    void scores_200_documents_with_several_requests(Protocol protocol) {
        // given
        List<String> documents = fillers(200);
        List<Integer> places = List.of(0, 50, 99, 137, 199);
        for (int i = 0; i < DOCUMENTS.size(); i++) {
            documents.set(places.get(i), DOCUMENTS.get(i));
        }
        try (ApiScoringModel model = protocol.at(server)
                .maxDocumentsPerRequest(30)
                .okHttpClient(client)
                .build()) {
            // when
            List<Double> scores = scores(model, documents);
            // then
            assertThat(wire.requests()).isEqualTo((200 + 30 - 1) / 30);
            assertThat(scores).hasSize(200);
            assertClose(places.stream().map(scores::get).toList(), scores(model, DOCUMENTS));
        }
    }

    @Test
    void counts_the_tokens_of_all_requests() {
        List<String> documents = fillers(50);
        try (ApiScoringModel atOnce = Protocol.LLAMA_CPP.at(server).build();
                ApiScoringModel split =
                        Protocol.LLAMA_CPP.at(server).maxDocumentsPerRequest(7).build()) {
            assertThat(split.scoreAll(segments(documents), QUERY).tokenUsage())
                    .isNotNull()
                    .isEqualTo(atOnce.scoreAll(segments(documents), QUERY).tokenUsage());
        }
    }

    @ParameterizedTest
    @EnumSource
    void does_not_call_for_an_empty_list(Protocol protocol) {
        try (ApiScoringModel model = protocol.at(server).okHttpClient(client).build()) {
            assertThat(scores(model, List.of())).isEmpty();
            assertThat(wire.requests()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void is_refused_with_a_wrong_key_and_asks_once(Protocol protocol) {
        try (ApiScoringModel model =
                protocol.at(server).apiKey("not-the-key").okHttpClient(client).build()) {
            assertThatThrownBy(() -> scores(model, DOCUMENTS))
                    .isInstanceOf(AuthenticationException.class)
                    .hasMessageContaining("returned HTTP 401: Invalid API Key; check the API key and what it may do")
                    .hasMessageNotContaining("not-the-key");
            assertThat(wire.requests()).isEqualTo(1);
        }
    }

    @Test
    void is_refused_without_a_key() {
        try (ApiScoringModel model =
                ApiScoringModel.llamaCpp().baseUrl(server.uri()).build()) {
            assertThatThrownBy(() -> scores(model, DOCUMENTS)).isInstanceOf(AuthenticationException.class);
        }
    }

    @Test
    void says_that_a_text_is_too_long_and_does_not_send_it_again() {
        // given
        List<String> documents = List.of(ANSWER, "word ".repeat(600));
        int tokens = 7 + 600 + 3; // query, document, specials
        try (ApiScoringModel model =
                Protocol.LLAMA_CPP.at(server).okHttpClient(client).build()) {
            // then
            assertThatThrownBy(() -> scores(model, documents))
                    .isInstanceOf(InvalidRequestException.class)
                    .hasMessage(("llama.cpp returned HTTP 500: input (%d tokens) is too large to process. "
                                    + "increase the physical batch size (current batch size: 512) "
                                    + "(code server_error; attempt 1 of 3)")
                            .formatted(tokens));
            assertThat(wire.requests()).isEqualTo(1);
            assertThat(scores(model, List.of(ANSWER))).hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "LLAMA_CPP")
    void sends_a_text_that_is_too_long_again_where_500_may_pass(Protocol protocol) {
        // given: in other protocols, HTTP 500 may be a transient failure of the server
        List<String> documents = List.of(ANSWER, "word ".repeat(600));
        try (ApiScoringModel model =
                protocol.at(server).maxRetries(1).okHttpClient(client).build()) {
            // then
            assertThatThrownBy(() -> scores(model, documents))
                    .isInstanceOf(LangChain4jException.class)
                    .hasMessageContaining("is too large to process")
                    .hasMessageContaining("attempt 2 of 2")
                    .hasMessageNotContaining("word");
            assertThat(wire.requests()).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @EnumSource
    void scores_half_a_surrogate_pair_as_a_replacement_character(Protocol protocol) {
        try (ApiScoringModel model = protocol.at(server).build()) {
            List<Double> scores = scores(model, List.of("reset \ud800 password", "reset \ufffd password"));

            assertThat(scores.get(0)).isCloseTo(scores.get(1), within(ROUNDING));
        }
    }

    @ParameterizedTest
    @EnumSource
    void ends_the_request_when_the_future_is_cancelled(Protocol protocol) throws Exception {
        // given
        List<String> slow = Collections.nCopies(40, "reset password ".repeat(200));
        try (ApiScoringModel model = protocol.at(server).okHttpClient(client).build()) {
            CompletableFuture<ScoringResponse> future = model.scoreAsync(
                    ScoringRequest.builder().documents(slow).query(QUERY).build());
            wire.sent().get(PATIENCE, SECONDS);
            // when
            future.cancel(true);
            // then
            wire.cancelled().get(PATIENCE, SECONDS);
            assertThat(future).isCancelled();
            assertThat(scores(model, DOCUMENTS)).hasSameSizeAs(DOCUMENTS);
        }
    }

    @ParameterizedTest
    @EnumSource
    void fails_clearly_when_the_server_dies_in_the_middle_of_a_batch(Protocol protocol) {
        try (LlamaCppServer mortal = LlamaCppServer.require();
                ApiScoringModel model = protocol.at(mortal)
                        .maxDocumentsPerRequest(10)
                        .maxConcurrentRequests(1)
                        .okHttpClient(client)
                        .build()) {
            // given
            killAtRequest(2, mortal);
            // when
            Throwable failure = catchThrowable(() -> scores(model, fillers(30)));
            // then
            assertThat(failure)
                    .isInstanceOf(RetriableException.class)
                    .hasMessageContaining("cannot be reached")
                    .hasMessageEndingWith("(documents 10 to 19; attempt 3 of 3)")
                    .hasMessageNotContaining(mortal.apiKey());
        }
    }

    @Test
    void loses_no_candidate_when_the_server_dies_in_the_middle_of_a_batch() {
        try (LlamaCppServer mortal = LlamaCppServer.require();
                ApiScoringModel model = Protocol.LLAMA_CPP
                        .at(mortal)
                        .maxDocumentsPerRequest(10)
                        .maxConcurrentRequests(1)
                        .maxRetries(0)
                        .okHttpClient(client)
                        .build()) {
            // given
            killAtRequest(2, mortal);
            RerankingContentAggregator aggregator = RerankingContentAggregator.builder(model)
                    .topK(30)
                    .timeout(Duration.ofSeconds(PATIENCE))
                    .onFailure(FailurePolicy.KEEP_RETRIEVAL_ORDER)
                    .build();
            List<Content> retrieved = fillers(30).stream().map(Content::from).toList();
            // when
            Ranking ranking = aggregator.rank(Map.of(Query.from(QUERY), List.of(retrieved)));
            // then
            assertThat(ranking.degraded()).isTrue();
            assertThat(ranking.kept()).hasSize(30);
            assertThat(ranking.kept().subList(0, 10)).allMatch(ranked -> ranked.rawScore() != null);
            assertThat(ranking.kept().subList(10, 30))
                    .allMatch(ranked -> ranked.rawScore() == null)
                    .extracting(RankedContent::retrievalRank)
                    .containsExactlyElementsOf(
                            IntStream.rangeClosed(11, 30).boxed().toList());
        }
    }

    private void killAtRequest(int number, LlamaCppServer mortal) {
        wire.onSent(request -> {
            if (request == number) {
                mortal.kill();
            }
        });
    }

    private static List<String> fillers(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "Shelf " + i + " holds bananas.")
                .collect(Collectors.toCollection(ArrayList::new));
    }

    private static List<Double> scores(ScoringModel model, List<String> documents) {
        return model.scoreAll(segments(documents), QUERY).content();
    }

    private static List<TextSegment> segments(List<String> documents) {
        return documents.stream().map(TextSegment::from).toList();
    }

    private static void assertClose(List<Double> actual, List<Double> expected) {
        assertThat(actual).hasSameSizeAs(expected);
        for (int i = 0; i < expected.size(); i++) {
            assertThat(actual.get(i)).as("score %d", i).isCloseTo(expected.get(i), within(ROUNDING));
        }
    }
}
