package dev.langchain4j.rerank.local;

import com.fasterxml.jackson.databind.JsonNode;
import dev.langchain4j.rerank.local.internal.hub.ModelFiles;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The settings by which a late-interaction model marks, fills and prunes its texts: from PyLate's files, otherwise from
 * those of Stanford's ColBERT, otherwise PyLate's defaults.
 *
 * @param queryMarker the token that marks a query; empty for none
 * @param documentMarker the token that marks a document; empty for none
 * @param queryLength number of tokens of a query, marker and special tokens included
 * @param documentLength maximum number of tokens of a document, marker and special tokens included
 * @param expandsQueries whether a shorter query is filled with mask tokens, which are compared like its own
 * @param attendsToExpansion whether the tokens of a query attend to these mask tokens
 * @param skippedWords tokens of documents that are read but not compared
 */
record ColbertConfig(
        String queryMarker,
        String documentMarker,
        int queryLength,
        int documentLength,
        boolean expandsQueries,
        boolean attendsToExpansion,
        List<String> skippedWords) {

    /** The files that contain these settings. */
    static final String PYLATE = "config_sentence_transformers.json";

    static final String STANFORD = "artifact.metadata";

    private static final int QUERY_LENGTH = 32;
    private static final int DOCUMENT_LENGTH = 180;
    private static final String PUNCTUATION = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";

    ColbertConfig {
        skippedWords = List.copyOf(skippedWords);
        attendsToExpansion = attendsToExpansion && expandsQueries;
    }

    static ColbertConfig load(ModelFiles files) {
        JsonNode pylate = files.json(PYLATE);
        JsonNode stanford = files.json(STANFORD);
        boolean byStanford = stanford.isObject();
        return new ColbertConfig(
                first(pylate.path("query_prefix"), stanford.path("query_token_id"))
                        .asText(byStanford ? "[unused0]" : "[Q] "),
                first(pylate.path("document_prefix"), stanford.path("doc_token_id"))
                        .asText(byStanford ? "[unused1]" : "[D] "),
                first(pylate.path("query_length"), stanford.path("query_maxlen"))
                        .asInt(QUERY_LENGTH),
                first(pylate.path("document_length"), stanford.path("doc_maxlen"))
                        .asInt(DOCUMENT_LENGTH),
                pylate.path("do_query_expansion").asBoolean(true),
                first(pylate.path("attend_to_expansion_tokens"), stanford.path("attend_to_mask_tokens"))
                        .asBoolean(false),
                words(pylate.path("skiplist_words")));
    }

    /** Returns PyLate's entry unless it is absent or null. */
    private static JsonNode first(JsonNode pylate, JsonNode stanford) {
        return pylate.isMissingNode() || pylate.isNull() ? stanford : pylate;
    }

    private static List<String> words(JsonNode list) {
        if (!list.isArray()) {
            return Stream.of(PUNCTUATION.split("")).toList();
        }
        List<String> words = new ArrayList<>();
        list.forEach(word -> words.add(word.asText()));
        return words;
    }

    ColbertConfig withQueryLength(int length) {
        return new ColbertConfig(
                queryMarker, documentMarker, length, documentLength, expandsQueries, attendsToExpansion, skippedWords);
    }

    ColbertConfig withDocumentLength(int length) {
        return new ColbertConfig(
                queryMarker, documentMarker, queryLength, length, expandsQueries, attendsToExpansion, skippedWords);
    }
}
