package dev.langchain4j.rerank.scoring;

import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.output.Response;
import dev.langchain4j.model.scoring.request.ScoringRequest;
import dev.langchain4j.model.scoring.response.ScoringResponse;
import dev.langchain4j.rerank.ScaledScoringModel;
import dev.langchain4j.rerank.ScoreDetail;
import dev.langchain4j.rerank.ScoreScale;
import dev.langchain4j.rerank.scoring.PassageOrder.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * A chat model as reranker: it is shown a window of numbered passages and asked for their order. The window slides from
 * the end of the list to its beginning, so that the best passages move up with it, as in Sun et al., "Is ChatGPT Good at
 * Search? Investigating Large Language Models as Re-Ranking Agents", EMNLP 2023.
 *
 * <p>The list should come in retrieval order, for that is what passages keep that a reply does not name. No reply makes a
 * call fail, however the model talks; a reply without any order changes nothing. The reply is asked for by a JSON schema
 * where the model has {@link dev.langchain4j.model.chat.Capability#RESPONSE_FORMAT_JSON_SCHEMA}.
 *
 * <p>The score of a text is the number of texts ranked behind it ({@link ScoreScale#RELATIVE}), and depends on all of
 * them: the model is listwise. {@link ScoreDetail#scored()} is false for a text that no reply has named.
 *
 * <p>Costs, for n texts, 1 chat call up to {@code windowSize} texts and 1 + ceil((n - windowSize) / step) beyond, one
 * after the other; none for a single text. A passage may hold text that tries to talk the model into ranking it first:
 * the order is all that it can change. Thread-safe if the chat model is. Closes nothing.
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
     * @param chatModel puts the passages in order; one at temperature 0 answers most steadily
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

    private CompletableFuture<Scores> score(CallContext call) {
        List<String> passages =
                call.segments().stream().map(segment -> cut(segment.text())).toList();
        CompletableFuture<PassageOrder> order = CompletableFuture.completedFuture(PassageOrder.of(passages.size()));
        for (Window window : windows(passages.size())) {
            order = order.thenCompose(before -> ask(call, passages, before, window));
        }
        return order.thenApply(last -> scores(call.segments(), last));
    }

    private CompletableFuture<PassageOrder> ask(
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

    private Scores scores(List<TextSegment> segments, PassageOrder order) {
        int count = segments.size();
        Double[] values = new Double[count];
        ScoreDetail[] details = new ScoreDetail[count];
        for (int rank = 0; rank < count; rank++) {
            int place = order.places().get(rank);
            boolean named = order.named().contains(place);
            values[place] = (double) (count - 1 - rank);
            details[place] = new ScoreDetail(
                    named,
                    named ? ScoreDetail.SCORED : ScoreDetail.RETRIEVAL,
                    null,
                    tooLong(segments.get(place).text()));
        }
        return new Scores(List.of(values), List.of(details), order.modelName(), order.usage(), null);
    }

    /** Options of a {@link ListwiseChatScoringModel}. Not thread-safe; may be used again after {@link #build()}. */
    public static final class Builder {

        private final ChatModel chatModel;
        private int windowSize = 20;
        private int step = 10;
        private int maxPassageCharacters = 2_000;

        private Builder(ChatModel chatModel) {
            if (chatModel == null) {
                throw new IllegalArgumentException("chatModel is null: give a chat model");
            }
            this.chatModel = chatModel;
        }

        /** How many passages the model orders in one call, at least 2. Default 20. */
        public Builder windowSize(int windowSize) {
            if (windowSize < 2) {
                throw new IllegalArgumentException("windowSize must be at least 2, got %d".formatted(windowSize));
            }
            this.windowSize = windowSize;
            return this;
        }

        /** How far the window moves between calls, at least 1 and less than {@link #windowSize}. Default 10. */
        public Builder step(int step) {
            if (step < 1) {
                throw new IllegalArgumentException("step must be at least 1, got %d".formatted(step));
            }
            this.step = step;
            return this;
        }

        /** How many characters of a passage the model is shown, at least 1; the rest is reported cut. Default 2,000. */
        public Builder maxPassageCharacters(int maxPassageCharacters) {
            if (maxPassageCharacters < 1) {
                throw new IllegalArgumentException(
                        "maxPassageCharacters must be at least 1, got %d".formatted(maxPassageCharacters));
            }
            this.maxPassageCharacters = maxPassageCharacters;
            return this;
        }

        /**
         * Builds the reranker.
         *
         * @throws IllegalStateException if the step is not less than the window: no passage could move up with it
         */
        public ListwiseChatScoringModel build() {
            if (step >= windowSize) {
                throw new IllegalStateException(
                        "step must be less than windowSize, got step %d and windowSize %d".formatted(step, windowSize));
            }
            return new ListwiseChatScoringModel(this);
        }
    }
}
