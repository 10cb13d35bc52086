package dev.langchain4j.rerank.scoring;

import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.output.Response;
import dev.langchain4j.model.scoring.request.ScoringRequest;
import dev.langchain4j.model.scoring.response.ScoringResponse;
import dev.langchain4j.rerank.InvalidOptionException;
import dev.langchain4j.rerank.RerankMetadata;
import dev.langchain4j.rerank.ScaledScoringModel;
import dev.langchain4j.rerank.ScoreDetail;
import dev.langchain4j.rerank.ScoreScale;
import dev.langchain4j.rerank.internal.Arguments;
import dev.langchain4j.rerank.internal.ModelResponse;
import dev.langchain4j.rerank.scoring.PassageOrder.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * A chat model as reranker: it receives a window of numbered passages and replies with their order. The window slides from
 * the end of the list to its beginning, so that the best passages move up with it, as in Sun et al., "Is ChatGPT Good at
 * Search? Investigating Large Language Models as Re-Ranking Agents", EMNLP 2023.
 *
 * <p>Pass the list in retrieval order: passages that no reply names keep it. No reply makes a call fail, whatever its
 * wording; a reply without any order changes nothing. The request has a JSON schema for the reply if the model supports
 * {@link dev.langchain4j.model.chat.Capability#RESPONSE_FORMAT_JSON_SCHEMA}.
 *
 * <p>The score of a text is the number of texts ranked behind it ({@link ScoreScale#RELATIVE}), and depends on all of
 * them: the model is listwise. {@link ScoreDetail#scored()} is false for a text that no reply names. Token usage is the sum
 * over the chat calls.
 *
 * <p>Costs, for n texts, 1 chat call up to {@code windowSize} texts and 1 + ceil((n - windowSize) / step) beyond, one
 * after the other; none for a single text. A passage may contain instructions to rank it first: the order is all that they
 * can change. Thread-safe if the chat model is. Closes nothing.
 */
public final class ListwiseChatScoringModel implements ScaledScoringModel {

    private final ChatModel chatModel;
    private final int windowSize;
    private final int step;
    private final int maxPassageCharacters;

    private ListwiseChatScoringModel(Builder builder) {
        chatModel = builder.chatModel;
        windowSize = builder.windowSize;
        step = builder.step;
        maxPassageCharacters = builder.maxPassageCharacters;
    }

    /**
     * Starts a reranker of a chat model.
     *
     * @param chatModel orders the passages; temperature 0 makes its replies most stable
     * @throws InvalidOptionException if it is null
     */
    public static Builder builder(ChatModel chatModel) {
        return new Builder(chatModel);
    }

    @Override
    public ScoreScale scoreScale() {
        return ScoreScale.RELATIVE;
    }

    @Override
    public boolean listwise() {
        return true;
    }

    @Override
    public Response<List<Double>> scoreAll(List<TextSegment> segments, String query) {
        return CallContext.sync(segments, query, defaultRequestParameters(), this::score);
    }

    @Override
    public CompletableFuture<ScoringResponse> doScoreAsync(ScoringRequest request) {
        return CallContext.async(request, this::score);
    }

    private CompletableFuture<ModelResponse> score(CallContext call) {
        List<String> passages =
                call.segments().stream().map(segment -> cut(segment.text())).toList();
        CompletableFuture<PassageOrder> order = CompletableFuture.completedFuture(PassageOrder.of(passages.size()));
        for (Window window : windows(passages.size())) {
            order = order.thenCompose(before -> order(call, passages, before, window));
        }
        return order.thenApply(last -> response(call.segments(), last));
    }

    private CompletableFuture<PassageOrder> order(
            CallContext call, List<String> passages, PassageOrder before, Window window) {
        List<String> shown = before.in(window).stream().map(passages::get).toList();
        return call.chat(chatModel, RankingPrompt.of(chatModel, call.query(), shown))
                .thenApply(response -> before.after(window, response));
    }

    /** The windows over a list, from its end to its beginning; none for a list that has only one order. */
    private List<Window> windows(int passages) {
        List<Window> windows = new ArrayList<>();
        int start = passages > 1 ? passages : 0;
        for (int end = passages; start > 0; end -= step) {
            start = Math.max(0, end - windowSize);
            windows.add(new Window(start, end));
        }
        return windows;
    }

    private String cut(String text) {
        return tooLong(text) ? text.substring(0, maxPassageCharacters) : text;
    }

    private boolean tooLong(String text) {
        return text.length() > maxPassageCharacters;
    }

    private ModelResponse response(List<TextSegment> segments, PassageOrder order) {
        int count = segments.size();
        Double[] scores = new Double[count];
        ScoreDetail[] details = new ScoreDetail[count];
        for (int rank = 0; rank < count; rank++) {
            int index = order.indexes().get(rank);
            ScoreDetail detail = order.named().contains(index) ? ScoreDetail.ofScored() : ScoreDetail.ofRetrieval();
            scores[index] = (double) (count - 1 - rank);
            details[index] = detail.withTruncated(tooLong(segments.get(index).text()));
        }
        return new ModelResponse(
                List.of(scores),
                RerankMetadata.builder()
                        .scoreDetails(List.of(details))
                        .modelName(order.modelName())
                        .tokenUsage(order.usage())
                        .build());
    }

    /** Builder of {@link ListwiseChatScoringModel}. Not thread-safe; may be used again after {@link #build()}. */
    public static final class Builder {

        private final ChatModel chatModel;
        private int windowSize = 20;
        private int step = 10;
        private int maxPassageCharacters = 2_000;

        private Builder(ChatModel chatModel) {
            this.chatModel = Arguments.required("chatModel", chatModel, "pass a chat model");
        }

        /** Number of passages per chat call, at least 2. Default 20. */
        public Builder windowSize(int windowSize) {
            this.windowSize = Arguments.atLeast("windowSize", 2, windowSize);
            return this;
        }

        /** Number of passages by which the window moves, at least 1 and less than {@link #windowSize}. Default 10. */
        public Builder step(int step) {
            this.step = Arguments.atLeast("step", 1, step);
            return this;
        }

        /**
         * Maximum number of characters per passage in a prompt, at least 1; longer passages are cut and reported as {@link
         * ScoreDetail#truncated()}. Default 2,000.
         */
        public Builder maxPassageCharacters(int maxPassageCharacters) {
            this.maxPassageCharacters = Arguments.atLeast("maxPassageCharacters", 1, maxPassageCharacters);
            return this;
        }

        /**
         * Builds the reranker.
         *
         * @throws InvalidOptionException if the step is not less than the window: no passage could move up with it
         */
        public ListwiseChatScoringModel build() {
            if (step >= windowSize) {
                throw new InvalidOptionException(
                        "step",
                        "step must be less than windowSize, got step %d and windowSize %d".formatted(step, windowSize));
            }
            return new ListwiseChatScoringModel(this);
        }
    }
}
