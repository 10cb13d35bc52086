package dev.langchain4j.rerank.local;

import dev.langchain4j.rerank.InvalidOptionException;
import dev.langchain4j.rerank.TextWindow;
import dev.langchain4j.rerank.local.TextTokenizer.Frame;
import dev.langchain4j.rerank.local.TextTokenizer.Tokens;
import dev.langchain4j.rerank.local.internal.hub.ModelFiles;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The tokenizer of a late-interaction model: queries and documents each with a marker after their first special token,
 * queries filled with mask tokens.
 *
 * <p>Thread-safe, {@link #close()} included, which waits for running calls.
 */
final class ColbertTokenizer implements AutoCloseable {

    private final TextTokenizer tokenizer;
    private final Frame frame;
    private final ColbertConfig config;
    private final @Nullable Integer queryMarker;
    private final @Nullable Integer documentMarker;
    private final int filler;
    private final Set<Integer> skipped;

    private ColbertTokenizer(TextTokenizer tokenizer, Vocabulary vocabulary, ColbertConfig config) {
        this.tokenizer = tokenizer;
        this.frame = tokenizer.frame();
        this.config = config;
        this.queryMarker = marker(vocabulary, config.queryMarker());
        this.documentMarker = marker(vocabulary, config.documentMarker());
        this.filler = config.expandsQueries() ? filler(vocabulary) : 0;
        this.skipped = skipped(vocabulary, config.skippedWords());
    }

    /**
     * Reads the tokenizer of a model.
     *
     * @throws InvalidOptionException if a length leaves no room for a text
     * @throws LocalModelException if the file is no tokenizer, or lacks the markers or a token to fill queries with
     */
    static ColbertTokenizer load(ModelFiles files, ColbertConfig config) {
        TextTokenizer tokenizer = TextTokenizer.load(files);
        try {
            ColbertTokenizer loaded = new ColbertTokenizer(tokenizer, Vocabulary.load(files), config);
            loaded.requireRoom("queryLength", config.queryLength(), loaded.queryMarker);
            loaded.requireRoom("documentLength", config.documentLength(), loaded.documentMarker);
            return loaded;
        } catch (InvalidOptionException e) {
            tokenizer.close();
            throw e;
        } catch (IllegalArgumentException e) {
            tokenizer.close();
            throw new LocalModelException(
                    "%s is not the tokenizer of a late-interaction model: %s"
                            .formatted(files.locate(ModelFiles.TOKENIZER), e.getMessage()),
                    e);
        } catch (RuntimeException e) {
            tokenizer.close();
            throw e;
        }
    }

    private static @Nullable Integer marker(Vocabulary vocabulary, String token) {
        Integer id = vocabulary.id(token);
        if (id == null && !token.isEmpty()) {
            throw new IllegalArgumentException("it has no token \"%s\"".formatted(token));
        }
        return id;
    }

    /**
     * Returns the token that fills queries, as PyLate does: the mask token, otherwise the token that ends a text,
     * otherwise padding.
     */
    private static int filler(Vocabulary vocabulary) {
        for (String role : List.of("mask_token", "eos_token", "pad_token")) {
            Integer id = vocabulary.special(role);
            if (id != null) {
                return id;
            }
        }
        throw new IllegalArgumentException(
                "it has no token to fill queries up with: neither %s nor %s names a mask_token"
                        .formatted(Vocabulary.TOKENIZER_CONFIG, Vocabulary.SPECIAL_TOKENS));
    }

    /**
     * Returns the id of a word; a word that is no token counts as the unknown token, as in PyLate, which then skips all
     * unknown tokens.
     */
    private static Set<Integer> skipped(Vocabulary vocabulary, List<String> words) {
        Set<Integer> skipped = new HashSet<>();
        for (String word : words) {
            Integer id = Objects.requireNonNullElseGet(vocabulary.id(word), () -> vocabulary.special("unk_token"));
            if (id != null) {
                skipped.add(id);
            }
        }
        return skipped;
    }

    private void requireRoom(String option, int length, @Nullable Integer marker) {
        if (room(length, marker) < 1) {
            throw new InvalidOptionException(
                    option,
                    "%s must be more than the %d special tokens of a text, got %d"
                            .formatted(option, length - room(length, marker), length));
        }
    }

    private int room(int length, @Nullable Integer marker) {
        return length - frame.before().length - frame.after().length - (marker == null ? 0 : 1);
    }

    /** Returns the tokens of a query, all of which are compared. */
    TokenSequence query(String text) {
        TokenSequence query = marked(text, config.queryLength(), queryMarker);
        if (!config.expandsQueries()) {
            return query;
        }
        int[] filled = Arrays.copyOf(query.tokenIds(), config.queryLength());
        Arrays.fill(filled, query.length(), filled.length, filler);
        int attended = config.attendsToExpansion() ? filled.length : query.length();
        return new TokenSequence(filled, new int[filled.length], attended, query.truncated());
    }

    /** Returns the tokens of a document; {@link #compared} returns which of them are compared. */
    TokenSequence document(String text) {
        return marked(text, config.documentLength(), documentMarker);
    }

    /** Returns whether tokens of documents of this kind are compared, or only read. */
    boolean compared(int tokenId) {
        return !skipped.contains(tokenId);
    }

    private TokenSequence marked(String text, int length, @Nullable Integer marker) {
        Tokens tokens = tokenizer.tokens(text.strip(), room(length, marker)); // sentence-transformers strips, too
        int[] ids = frame.around(tokens.ids());
        int[] marked = marker == null ? ids : withSecond(marker, ids);
        return new TokenSequence(marked, new int[marked.length], tokens.truncated());
    }

    /** Returns the tokens with the marker after the first token, which is not always a special one. */
    private static int[] withSecond(int token, int[] ids) {
        IntStream rest = Arrays.stream(ids).skip(1);
        return IntStream.concat(Arrays.stream(ids).limit(1), IntStream.concat(IntStream.of(token), rest))
                .toArray();
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
