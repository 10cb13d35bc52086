package dev.langchain4j.rerank.local;

import ai.djl.huggingface.tokenizers.Encoding;
import java.util.Arrays;

/**
 * The template by which a tokenizer joins two texts: special tokens before, between and after them, and the type of
 * each token. It is derived from a pair that the tokenizer joined itself, so that every model family gets the template
 * of its own post-processor.
 */
final class PairTemplate {

    private final Tokens before;
    private final int queryType;
    private final Tokens between;
    private final int passageType;
    private final Tokens after;

    /**
     * Derives the template from a pair.
     *
     * @param pair two texts as the tokenizer joins them
     * @param query the tokens of the first alone, without special tokens; at least one
     * @param passage the tokens of the second alone, without special tokens; at least one
     * @throws IllegalArgumentException if the pair is not specials, query, specials, passage, specials
     */
    PairTemplate(Encoding pair, int[] query, int[] passage) {
        Tokens whole = Tokens.of(pair);
        int queryStart = textAt(pair, 0);
        int queryEnd = queryStart + query.length;
        int passageStart = textAt(pair, queryEnd);
        int passageEnd = passageStart + passage.length;
        if (!whole.has(query, queryStart)
                || !whole.has(passage, passageStart)
                || textAt(pair, passageEnd) != whole.length()) {
            throw new IllegalArgumentException("the tokenizer does not join a pair as query, then passage");
        }
        before = whole.part(0, queryStart);
        queryType = whole.typeIds[queryStart];
        between = whole.part(queryEnd, passageStart);
        passageType = whole.typeIds[passageStart];
        after = whole.part(passageEnd, whole.length());
    }

    /** Returns the index of the first token from {@code from} on that is not special. */
    private static int textAt(Encoding pair, int from) {
        int at = from;
        while (at < pair.getIds().length && pair.getSpecialTokenMask()[at] == 1) {
            at++;
        }
        return at;
    }

    /** Returns the number of tokens of a pair without those of its texts. */
    int specials() {
        return before.length() + between.length() + after.length();
    }

    /** Joins a query and a passage. */
    TokenSequence join(TextTokenizer.Tokens query, TextTokenizer.Tokens passage) {
        int queryLength = query.ids().length;
        int passageStart = before.length() + queryLength + between.length();
        Tokens pair = new Tokens(specials() + queryLength + passage.ids().length);
        pair.put(0, before);
        pair.put(before.length(), query.ids(), queryType);
        pair.put(before.length() + queryLength, between);
        pair.put(passageStart, passage.ids(), passageType);
        pair.put(passageStart + passage.ids().length, after);
        return new TokenSequence(pair.ids, pair.typeIds, query.truncated() || passage.truncated());
    }

    private static final class Tokens {

        private final int[] ids;
        private final int[] typeIds;

        private Tokens(int length) {
            this(new int[length], new int[length]);
        }

        private Tokens(int[] ids, int[] typeIds) {
            this.ids = ids;
            this.typeIds = typeIds;
        }

        private static Tokens of(Encoding encoding) {
            return new Tokens(
                    Arrays.stream(encoding.getIds()).mapToInt(Math::toIntExact).toArray(),
                    Arrays.stream(encoding.getTypeIds())
                            .mapToInt(Math::toIntExact)
                            .toArray());
        }

        private int length() {
            return ids.length;
        }

        private Tokens part(int from, int to) {
            return new Tokens(Arrays.copyOfRange(ids, from, to), Arrays.copyOfRange(typeIds, from, to));
        }

        private boolean has(int[] text, int at) {
            return text.length > 0
                    && at + text.length <= ids.length
                    && Arrays.equals(ids, at, at + text.length, text, 0, text.length);
        }

        private void put(int at, Tokens part) {
            System.arraycopy(part.ids, 0, ids, at, part.length());
            System.arraycopy(part.typeIds, 0, typeIds, at, part.length());
        }

        private void put(int at, int[] text, int type) {
            System.arraycopy(text, 0, ids, at, text.length);
            Arrays.fill(typeIds, at, at + text.length, type);
        }
    }
}
