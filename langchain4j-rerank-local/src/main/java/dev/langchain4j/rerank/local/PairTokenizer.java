package dev.langchain4j.rerank.local;

import dev.langchain4j.rerank.InvalidOptionException;
import dev.langchain4j.rerank.TextWindow;
import dev.langchain4j.rerank.local.TextTokenizer.Tokens;
import dev.langchain4j.rerank.local.internal.hub.ModelFiles;
import java.util.List;

/**
 * The tokenizer of a cross-encoder: encodes texts as pairs. A query is tokenised once for all its passages. The passage
 * is cut if a pair is too long, and the query if it is longer than its own limit.
 *
 * <p>Thread-safe, {@link #close()} included, which waits for running calls.
 */
final class PairTokenizer implements PairEncoder {

    private final TextTokenizer tokenizer;
    private final PairTemplate template;
    private final int maxLength;
    private final int queryMaxLength;

    private PairTokenizer(TextTokenizer tokenizer, int maxLength, int queryMaxLength) {
        this.tokenizer = tokenizer;
        this.template = new PairTemplate(
                tokenizer.joined("query", "passage"), tokenizer.ids("query"), tokenizer.ids("passage"));
        this.maxLength = maxLength;
        this.queryMaxLength = queryMaxLength;
    }

    /**
     * Reads the tokenizer of a model.
     *
     * @throws InvalidOptionException if a query of {@code queryMaxLength} tokens leaves no room for a passage
     * @throws LocalModelException if the file is not a tokenizer for pairs
     */
    static PairTokenizer load(ModelFiles files, int maxLength, int queryMaxLength) {
        PairTokenizer loaded = read(files, maxLength, queryMaxLength);
        int room = maxLength - loaded.template.specials() - 1;
        if (queryMaxLength > room) {
            loaded.close();
            throw new InvalidOptionException(
                    "queryMaxLength",
                    ("queryMaxLength must be at most %d, so that %d special tokens and a passage"
                                    + " fit into maxLength %d, got %d")
                            .formatted(room, loaded.template.specials(), maxLength, queryMaxLength));
        }
        return loaded;
    }

    private static PairTokenizer read(ModelFiles files, int maxLength, int queryMaxLength) {
        TextTokenizer tokenizer = TextTokenizer.load(files);
        try {
            return new PairTokenizer(tokenizer, maxLength, queryMaxLength);
        } catch (IllegalArgumentException | LocalModelException e) {
            tokenizer.close();
            throw new LocalModelException(
                    "%s is not a tokenizer for pairs of texts: %s"
                            .formatted(files.locate(ModelFiles.TOKENIZER), e.getMessage()),
                    e);
        }
    }

    @Override
    public int maxLength() {
        return maxLength;
    }

    /** The first {@code queryMaxLength} tokens of a query, which its pairs contain. */
    @Override
    public Query query(String query) {
        Tokens tokens = tokenizer.tokens(query, queryMaxLength);
        int length = template.specials() + tokens.ids().length;
        return new Query() {

            @Override
            public int length() {
                return length;
            }

            @Override
            public TokenSequence with(String passage) {
                return template.join(tokens, tokenizer.tokens(passage, maxLength - length));
            }
        };
    }

    /** Returns the tokens of a query that its pairs contain, without special tokens. */
    int[] queryTokens(String query) {
        return tokenizer.tokens(query, queryMaxLength).ids();
    }

    /** Returns the tokens of a passage that its pair with such a query contains, without special tokens. */
    int[] passageTokens(String passage, int queryTokens) {
        return tokenizer
                .tokens(passage, maxLength - template.specials() - queryTokens)
                .ids();
    }

    /** See {@link dev.langchain4j.rerank.TextWindower#windows}. */
    List<TextWindow> windows(String text, int maxTokens, int overlap) {
        return tokenizer.windows(text, maxTokens, overlap);
    }

    @Override
    public void close() {
        tokenizer.close();
    }
}
