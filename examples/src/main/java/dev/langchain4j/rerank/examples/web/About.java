package dev.langchain4j.rerank.examples.web;

import java.util.List;

/**
 * The description of this server for the page ({@code GET /api/corpus}).
 *
 * @param corpus description of the passages
 * @param chatModel description of the chat model
 * @param questions example questions
 * @param rerankers the rerankers to choose from
 * @param maxQuestion maximum number of characters of a question
 */
record About(String corpus, String chatModel, List<String> questions, List<Choice> rerankers, int maxQuestion) {

    /** A reranker that can be chosen. */
    record Choice(String id, String label) {}

    static About of(String corpus, String chatModel, List<String> questions, Rerankers rerankers) {
        return new About(
                corpus,
                chatModel,
                questions,
                rerankers.choices().stream()
                        .map(choice -> new Choice(choice.id(), choice.label()))
                        .toList(),
                Question.MAX_LENGTH);
    }
}
