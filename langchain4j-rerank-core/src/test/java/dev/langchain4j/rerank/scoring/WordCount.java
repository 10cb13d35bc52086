package dev.langchain4j.rerank.scoring;

import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.model.TokenCountEstimator;
import java.util.StringTokenizer;

/** A token is a word. */
final class WordCount implements TokenCountEstimator {

    @Override
    public int estimateTokenCountInText(String text) {
        return new StringTokenizer(text).countTokens();
    }

    @Override
    public int estimateTokenCountInMessage(ChatMessage message) {
        throw new UnsupportedOperationException("only texts are counted");
    }

    @Override
    public int estimateTokenCountInMessages(Iterable<ChatMessage> messages) {
        throw new UnsupportedOperationException("only texts are counted");
    }
}
