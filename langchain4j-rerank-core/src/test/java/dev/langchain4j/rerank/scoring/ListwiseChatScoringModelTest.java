package dev.langchain4j.rerank.scoring;

import static dev.langchain4j.rerank.scoring.Texts.numbered;
import static dev.langchain4j.rerank.scoring.Texts.request;
import static dev.langchain4j.rerank.scoring.Texts.segments;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.exception.RateLimitException;
import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.output.Response;
import dev.langchain4j.model.output.TokenUsage;
import dev.langchain4j.model.scoring.response.ScoringResponse;
import dev.langchain4j.rerank.ScoreDetail;
import dev.langchain4j.rerank.ScoreDetails;
import dev.langchain4j.rerank.ScoreScale;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ListwiseChatScoringModelTest {

    /** Orders {@code text 7} before {@code text 2}: the best texts are at the end of the list. */
    private final FakeChatModel chat = new FakeChatModel(ListwiseChatScoringModelTest::highestNumberFirst);

    @Test
    void the_score_is_the_number_of_texts_ranked_behind() {
        ListwiseChatScoringModel model = ListwiseChatScoringModel.builder(
                        new FakeChatModel(passages -> "[3] > [1] > [2]"))
                .build();

        Response<List<Double>> response = model.scoreAll(segments("a", "b", "c"), "query");

        assertThat(response.content()).containsExactly(1.0, 0.0, 2.0);
        assertThat(ScoreDetails.of(response)).containsOnly(ScoreDetail.ofScored());
        assertThat(model.scoreScale()).isEqualTo(ScoreScale.RELATIVE);
        assertThat(model.listwise()).isTrue();
    }

    @Test
    void the_window_slides_from_the_end_to_the_beginning_and_takes_the_best_with_it() {
        ListwiseChatScoringModel model = ListwiseChatScoringModel.builder(chat).build();

        List<Double> scores = model.scoreAll(segments(numbered(45)), "query").content();

        assertThat(chat.requests())
                .extracting(request -> FakeChatModel.passages(request).size())
                .containsExactly(20, 20, 20, 15);
        assertThat(FakeChatModel.passages(chat.requests().get(0)))
                .isEqualTo(numbered(45).subList(25, 45));
        // with 10 places kept from window to window, the best 10 reach the top in order
        assertThat(bestFirst(scores).subList(0, 10)).containsExactly(44, 43, 42, 41, 40, 39, 38, 37, 36, 35);
        assertThat(scores)
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, 45).mapToObj(Double::valueOf).toList());
    }

    @Test
    void costs_one_call_for_a_window_and_none_for_one_text() {
        ListwiseChatScoringModel model = ListwiseChatScoringModel.builder(chat).build();

        assertThat(model.scoreAll(segments("text 0"), "query").content()).containsExactly(0.0);
        assertThat(chat.requests()).isEmpty();

        model.scoreAll(segments(numbered(20)), "query");
        assertThat(chat.requests()).hasSize(1);
        model.scoreAll(segments(numbered(21)), "query");
        assertThat(chat.requests()).hasSize(1 + 2);
    }

    @Test
    void counts_the_tokens_of_all_windows() {
        ListwiseChatScoringModel model = ListwiseChatScoringModel.builder(chat).build();

        ScoringResponse response = model.scoreAsync(
                        request("query", numbered(30).toArray(String[]::new)))
                .join();

        assertThat(response.tokenUsage()).isEqualTo(new TokenUsage(2 * 100, 2 * 10));
        assertThat(response.modelName()).isEqualTo("fake-chat");
    }

    @Test
    void texts_that_no_reply_names_keep_their_order_behind_the_others() {
        ListwiseChatScoringModel model = ListwiseChatScoringModel.builder(
                        new FakeChatModel(passages -> "Passage [4] is good, and so is [2]."))
                .build();

        Response<List<Double>> response = model.scoreAll(segments(numbered(5)), "query");

        assertThat(bestFirst(response.content())).containsExactly(3, 1, 0, 2, 4);
        assertThat(ScoreDetails.of(response))
                .extracting(ScoreDetail::scored)
                .containsExactly(false, true, false, true, false);
        assertThat(ScoreDetails.of(response))
                .extracting(ScoreDetail::stage)
                .containsExactly("retrieval", "scored", "retrieval", "scored", "retrieval");
    }

    @Test
    void a_reply_without_an_order_changes_nothing() {
        ListwiseChatScoringModel model = ListwiseChatScoringModel.builder(
                        new FakeChatModel(passages -> "I would rather talk about the weather."))
                .build();

        assertThat(bestFirst(model.scoreAll(segments(numbered(30)), "query").content()))
                .isEqualTo(IntStream.range(0, 30).boxed().toList());
    }

    @Test
    void asks_for_json_if_the_model_can_keep_to_a_schema() {
        FakeChatModel structured =
                new FakeChatModel(passages -> "{\"ranking\": [2, 1]}", Capability.RESPONSE_FORMAT_JSON_SCHEMA);
        ListwiseChatScoringModel model =
                ListwiseChatScoringModel.builder(structured).build();

        assertThat(model.scoreAll(segments("a", "b"), "query").content()).containsExactly(0.0, 1.0);

        ChatRequest request = structured.requests().get(0);
        assertThat(request.responseFormat().type()).isEqualTo(ResponseFormatType.JSON);
        assertThat(((JsonObjectSchema) request.responseFormat().jsonSchema().rootElement()).properties())
                .containsOnlyKeys("ranking");
        assertThat(FakeChatModel.prompt(request)).endsWith("as JSON, such as {\"ranking\": [2, 3, 1]}.");
    }

    @Test
    void asks_in_words_if_it_cannot() {
        ListwiseChatScoringModel.builder(chat).build().scoreAll(segments("text 1", "text 2"), "a\nquery");

        assertThat(chat.requests().get(0).responseFormat()).isNull();
        assertThat(FakeChatModel.prompt(chat.requests().get(0))).isEqualTo("""
                        Query: a query

                        Passages:
                        [1] text 1
                        [2] text 2

                        Order all 2 passages by relevance to the query, the most relevant first. Answer with their numbers \
                        only, such as [2] > [3] > [1].""");
    }

    @Test
    void a_passage_cannot_look_like_two() {
        ListwiseChatScoringModel.builder(chat).build().scoreAll(segments("text 1\n[2] text 9", "text 2"), "query");

        assertThat(FakeChatModel.passages(chat.requests().get(0))).containsExactly("text 1 [2] text 9", "text 2");
    }

    @Test
    void shows_the_beginning_of_a_long_passage_and_reports_the_cut() {
        ListwiseChatScoringModel model =
                ListwiseChatScoringModel.builder(chat).maxPassageCharacters(6).build();

        Response<List<Double>> response = model.scoreAll(segments("text 1", "text 2 and more"), "query");

        assertThat(FakeChatModel.passages(chat.requests().get(0))).containsExactly("text 1", "text 2");
        assertThat(ScoreDetails.of(response)).extracting(ScoreDetail::truncated).containsExactly(false, true);
    }

    @Test
    void a_failure_of_the_chat_model_reaches_the_caller() {
        RateLimitException failure = new RateLimitException("slow down");
        ListwiseChatScoringModel model = ListwiseChatScoringModel.builder(new FakeChatModel(passages -> {
                    throw failure;
                }))
                .build();

        assertThatThrownBy(() -> model.scoreAll(segments("a", "b"), "query")).isSameAs(failure);
        assertThatThrownBy(() -> model.scoreAsync(request("query", "a", "b")).get())
                .hasCause(failure);
    }

    @Test
    void refuses_bad_options() {
        ListwiseChatScoringModel.Builder builder = ListwiseChatScoringModel.builder(chat);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> ListwiseChatScoringModel.builder(null))
                .withMessage("chatModel is null: pass a chat model");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.windowSize(1))
                .withMessage("windowSize must be at least 2, got 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.step(0))
                .withMessage("step must be at least 1, got 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.maxPassageCharacters(0))
                .withMessage("maxPassageCharacters must be at least 1, got 0");
        assertThatIllegalArgumentException()
                .isThrownBy(builder.windowSize(10).step(10)::build)
                .withMessage("step must be less than windowSize, got step 10 and windowSize 10");
    }

    private static String highestNumberFirst(List<String> passages) {
        return IntStream.range(0, passages.size())
                .boxed()
                .sorted(Comparator.comparing(place -> -number(passages.get(place))))
                .map(place -> "[%d]".formatted(place + 1))
                .collect(Collectors.joining(" > "));
    }

    private static int number(String text) {
        return Integer.parseInt(text.replaceAll("\\D", ""));
    }

    private static List<Integer> bestFirst(List<Double> scores) {
        return IntStream.range(0, scores.size())
                .boxed()
                .sorted(Comparator.comparing(scores::get, Comparator.reverseOrder()))
                .toList();
    }
}
