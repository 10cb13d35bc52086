package dev.langchain4j.rerank.examples.web;

import java.util.List;

/**
 * What the page says about this server ({@code GET /api/corpus}).
 *
 * @param corpus what answers come from, in words
 * @param chatModel who writes them, in words
 * @param questions that may be tried
 * @param rerankers to choose from
 * @param maxQuestion characters of a question at most
 */
record About(String corpus, String chatModel, List<String> questions, List<Choice> rerankers, int maxQuestion) {

    /** A reranker to choose. */
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
