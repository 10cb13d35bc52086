package dev.langchain4j.rerank.examples.web;

import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.scoring.ScoringModel;
import dev.langchain4j.rag.content.Content;
import dev.langchain4j.rag.content.aggregator.ContentAggregator;
import dev.langchain4j.rag.content.aggregator.DefaultContentAggregator;
import dev.langchain4j.rag.content.retriever.ContentRetriever;
import dev.langchain4j.rag.query.Query;
import dev.langchain4j.rerank.FailurePolicy;
import dev.langchain4j.rerank.Ranking;
import dev.langchain4j.rerank.RerankListener;
import dev.langchain4j.rerank.RerankResponseContext;
import dev.langchain4j.rerank.RerankingContentAggregator;
import dev.langchain4j.rerank.ScoreScale;
import dev.langchain4j.rerank.examples.KnowledgeBase;
import dev.langchain4j.service.TokenStream;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** The state of one question while the chain answers it, and the events for the page. */
final class Turn implements RerankListener {

    private final Question question;
    private final @Nullable RerankerChoice reranker;
    private final String id;
    private final Stages stages = new Stages();
    private volatile RankingView view = RankingView.retrieved(List.of(), 0);
    private volatile @Nullable Ranking ranking;

    /**
     * Starts a turn.
     *
     * @param reranker null for retrieval alone
     * @param id the id of the ranking for the report
     */
    Turn(Question question, @Nullable RerankerChoice reranker, String id) {
        this.question = question;
        this.reranker = reranker;
        this.id = id;
    }

    ContentRetriever retriever(KnowledgeBase knowledge) {
        return stages.timed(knowledge.retriever(question.depth(), stages));
    }

    ContentAggregator aggregator() {
        return reranker == null ? this::firstStage : reranking(reranker);
    }

    private List<Content> firstStage(Map<Query, Collection<List<Content>>> retrieved) {
        List<Content> contents = new DefaultContentAggregator().aggregate(retrieved);
        view = RankingView.retrieved(contents, question.topK());
        return contents.subList(0, Math.min(question.topK(), contents.size()));
    }

    private ContentAggregator reranking(RerankerChoice choice) {
        ScoringModel model = question.fault() == Fault.NONE
                ? choice.model()
                : new BrokenScoringModel(choice.model(), question.fault());
        RerankingContentAggregator.Builder aggregator = RerankingContentAggregator.builder(model)
                .topK(question.topK())
                .collapseDuplicates(true)
                .timeout(question.timeout())
                .onFailure(FailurePolicy.KEEP_RETRIEVAL_ORDER)
                .listener(this);
        return question.minScore() == null
                ? aggregator.build()
                : aggregator.minScore(question.minScore()).build();
    }

    @Override
    public void onResponse(RerankResponseContext response) {
        stages.reranked(response.duration(), response.ranking().times());
        ranking = response.ranking();
        if (reranker != null) {
            view = RankingView.of(
                    id,
                    response.ranking(),
                    reranker,
                    response.request().candidates().size(),
                    question.timeout().toMillis());
        }
    }

    /** Returns the ranking; null if there was no reranking or no candidate. */
    @Nullable
    Ranking ranking() {
        return ranking;
    }

    ScoreScale scale() {
        return reranker == null ? ScoreScale.RELATIVE : reranker.scale();
    }

    /**
     * Sends ranking and answer, and returns when everything is sent, the page has disconnected, or the thread is
     * interrupted, as it is when the server stops.
     */
    void tell(TokenStream tokens, EventStream events) {
        events.send("ranking", view);
        stages.augmented();
        CountDownLatch over = new CountDownLatch(1);
        CompletableFuture<Void> unused = events.gone().thenRun(over::countDown);
        tokens.onPartialResponseWithContext((part, context) -> token(part, context, events))
                .onCompleteResponse(response -> {
                    events.send("done", answer(response));
                    over.countDown();
                })
                .onError(problem -> {
                    events.send("failed", Failure.of(problem));
                    over.countDown();
                })
                .start();
        try {
            over.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void token(PartialResponse part, PartialResponseContext context, EventStream events) {
        if (events.gone().isDone()) {
            context.streamingHandle().cancel();
            return;
        }
        stages.token();
        events.send("token", part.text());
    }

    /** The last event of an answer. */
    private record Answer(Citations citations, List<Stages.Stage> stages) {}

    private Answer answer(ChatResponse response) {
        String text = response.aiMessage().text();
        long passages =
                view.passages().stream().filter(passage -> passage.kept() > 0).count();
        return new Answer(Citations.in(text == null ? "" : text, (int) passages), stages.stages());
    }
}
