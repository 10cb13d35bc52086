package dev.langchain4j.rerank.api;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * The texts of a call as they are sent: blank ones are left out, and unpaired surrogates are replaced.
 *
 * @param texts the texts
 * @param indexes the index of each of them in the call
 */
record SentTexts(List<String> texts, List<Integer> indexes) {

    private static final char REPLACEMENT = '\uFFFD';

    /**
     * Selects the texts to send.
     *
     * @param onBlank gets the index of each text that is blank
     */
    static SentTexts of(List<String> texts, IntConsumer onBlank) {
        List<String> sent = new ArrayList<>();
        List<Integer> indexes = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            if (texts.get(i).isBlank()) {
                onBlank.accept(i);
            } else {
                sent.add(wellFormed(texts.get(i)));
                indexes.add(i);
            }
        }
        return new SentTexts(sent, indexes);
    }

    /** Replaces unpaired surrogates by U+FFFD, as every UTF-8 encoder does: JSON cannot carry them. */
    static String wellFormed(String text) {
        StringBuilder repaired = null;
        for (int i = 0; i < text.length(); i++) {
            if (!Character.isSurrogate(text.charAt(i))) {
                continue;
            }
            if (Character.charCount(text.codePointAt(i)) == 2) {
                i++;
                continue;
            }
            repaired = repaired == null ? new StringBuilder(text) : repaired;
            repaired.setCharAt(i, REPLACEMENT);
        }
        return repaired == null ? text : repaired.toString();
    }
}
