package dev.langchain4j.rerank.examples.web;

import dev.langchain4j.memory.ChatMemory;
import dev.langchain4j.memory.chat.MessageWindowChatMemory;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.rerank.Ranking;
import dev.langchain4j.rerank.ScoreScale;
import dev.langchain4j.rerank.examples.KnowledgeBase;
import dev.langchain4j.rerank.examples.RagChain;
import dev.langchain4j.service.TokenStream;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Answers questions with the chain of {@code ./demo} and reports the steps to a page. Thread-safe. */
final class Answering {

    private static final int REMEMBERED_MESSAGES = 10;

    private final KnowledgeBase knowledge;
    private final Rerankers rerankers;
    private final StreamingChatModel chatModel;
    private final Recent<ChatMemory> conversations = new Recent<>();
    private final Recent<StoredRanking> rankings = new Recent<>();

    Answering(KnowledgeBase knowledge, Rerankers rerankers, StreamingChatModel chatModel) {
        this.knowledge = knowledge;
        this.rerankers = rerankers;
        this.chatModel = chatModel;
    }

    /** The data of an answer that its report needs. */
    record StoredRanking(Ranking ranking, ScoreScale scale) {}

    /** Returns the data with this id; null if it is no longer stored. */
    @Nullable
    StoredRanking stored(String id) {
        return rankings.get(id);
    }

    /**
     * Answers, and returns when the answer is complete or the page has disconnected.
     *
     * @throws RuntimeException the exception of the chain before the first token
     */
    void answer(Question question, EventStream events) {
        String id = UUID.randomUUID().toString();
        Turn turn = new Turn(question, rerankers.choice(question.reranker()), id);
        TokenStream tokens = RagChain.streaming(turn.retriever(knowledge), turn.aggregator(), chatModel, this::memory)
                .answer(question.conversation(), question.text());
        Ranking ranking = turn.ranking();
        if (ranking != null) {
            rankings.put(id, new StoredRanking(ranking, turn.scale()));
        }
        turn.tell(tokens, events);
    }

    private ChatMemory memory(Object conversation) {
        return conversations.computeIfAbsent(
                conversation.toString(), () -> MessageWindowChatMemory.withMaxMessages(REMEMBERED_MESSAGES));
    }
}
