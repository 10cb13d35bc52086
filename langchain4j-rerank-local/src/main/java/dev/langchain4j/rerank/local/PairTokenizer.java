package dev.langchain4j.rerank.local;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.djl.huggingface.tokenizers.jni.CharSpan;
import dev.langchain4j.rerank.TextWindow;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * Turns texts into the pairs that a cross-encoder reads. A query is tokenised once for all its passages. The passage
 * gives way where a pair is too long, and the query where it alone is longer than it may be.
 *
 * <p>Safe for many threads, {@link #close()} included, which waits for running ones.
 */
final class PairTokenizer implements AutoCloseable {

    /**
     * Characters a token is taken to stand for at most: what lies behind is not tokenised at all, so that a text of
     * megabytes costs no more than one that fills the window. English has 4 to 5.
     */
    private static final int MAX_CHARACTERS_PER_TOKEN = 64;

    /** The file of a tokenizer often pads to 512 and cuts the longer text: both are ours to decide. */
    private static final Map<String, String> OPTIONS = Map.of("padding", "false", "truncation", "false");

    private final HuggingFaceTokenizer tokenizer;
    private final PairTemplate template;
    private final int maxLength;
    private final int queryMaxLength;
    private final ReentrantReadWriteLock life = new ReentrantReadWriteLock();
    private boolean closed;

    private PairTokenizer(HuggingFaceTokenizer tokenizer, int maxLength, int queryMaxLength) {
        this.tokenizer = tokenizer;
        this.template = new PairTemplate(
                tokenizer.encode("query", "passage", true, false),
                ids(tokenizer.encode("query", false, false)),
                ids(tokenizer.encode("passage", false, false)));
        this.maxLength = maxLength;
        this.queryMaxLength = queryMaxLength;
    }

    /**
     * Reads the tokenizer of a model.
     *
     * @throws IllegalStateException if a query of {@code queryMaxLength} tokens leaves no room for a passage
     * @throws LocalModelException if the file is not a tokenizer for pairs
     */
    static PairTokenizer load(ModelFiles files, int maxLength, int queryMaxLength) {
        keepDjlQuiet();
        PairTokenizer loaded = read(files, maxLength, queryMaxLength);
        int room = maxLength - loaded.template.specials() - 1;
        if (queryMaxLength > room) {
            loaded.close();
            throw new IllegalStateException(
                    ("queryMaxLength must be at most %d, so that %d special tokens and a passage"
                                    + " fit into maxLength %d, got %d")
                            .formatted(room, loaded.template.specials(), maxLength, queryMaxLength));
        }
        return loaded;
    }

    private static PairTokenizer read(ModelFiles files, int maxLength, int queryMaxLength) {
        try {
            byte[] file = files.read(ModelFiles.TOKENIZER);
            PostProcessorCheck.check(file);
            HuggingFaceTokenizer tokenizer = HuggingFaceTokenizer.newInstance(new ByteArrayInputStream(file), OPTIONS);
            return new PairTokenizer(tokenizer, maxLength, queryMaxLength);
        } catch (IOException | RuntimeException e) { // DJL throws bare RuntimeExceptions for what its library refuses
            throw new LocalModelException(
                    files.locate(ModelFiles.TOKENIZER) + " is not a Hugging Face tokenizer for pairs of texts", e);
        }
    }

    /** On EC2, DJL reports each tokenizer that is loaded to a server of its authors unless told not to. */
    private static void keepDjlQuiet() {
        if (System.getenv("OPT_OUT_TRACKING") == null && System.getProperty("OPT_OUT_TRACKING") == null) {
            System.setProperty("OPT_OUT_TRACKING", "true");
        }
    }

    /** Tokens that a pair has at most. */
    int maxLength() {
        return maxLength;
    }

    /** The tokens of a query, the first {@code queryMaxLength} of them. */
    TokenizedQuery query(String query) {
        String head = head(query, queryMaxLength);
        int[] ids = ids(encode(head));
        return ids.length <= queryMaxLength
                ? new TokenizedQuery(ids, head.length() < query.length())
                : new TokenizedQuery(Arrays.copyOf(ids, queryMaxLength), true);
    }

    /** A query and a passage, the passage cut to what {@code maxLength} leaves it. */
    TokenizedPair pair(TokenizedQuery query, String passage) {
        int room = maxLength - template.specials() - query.tokenIds().length;
        String head = head(passage, room);
        int[] ids = ids(encode(head));
        return template.join(
                query, ids, Math.min(room, ids.length), ids.length > room || head.length() < passage.length());
    }

    /** As {@link dev.langchain4j.rerank.TextWindower#windows} has it. */
    List<TextWindow> windows(String text, int maxTokens, int overlap) {
        if (maxTokens < 1) {
            throw new IllegalArgumentException("maxTokens must be at least 1, got " + maxTokens);
        }
        if (overlap < 0 || overlap >= maxTokens) {
            throw new IllegalArgumentException(
                    "overlap must be from 0 to %d, got %d".formatted(maxTokens - 1, overlap));
        }
        Encoding encoding = encode(wellFormed(text));
        return new TokenWindows(starts(encoding, text), encoding.getWordIds(), text.length()).cut(maxTokens, overlap);
    }

    /** The tokenizer counts code points, Java UTF-16 units. */
    private static int[] starts(Encoding encoding, String text) {
        CharSpan[] spans = encoding.getCharTokenSpans();
        int[] starts = new int[spans.length];
        int codePoints = 0;
        int position = 0;
        for (int token = 0; token < spans.length; token++) {
            position = text.offsetByCodePoints(position, spans[token].getStart() - codePoints);
            codePoints = spans[token].getStart();
            starts[token] = position;
        }
        return starts;
    }

    private static String head(String text, int tokens) {
        int characters = (int) Math.min(text.length(), (long) tokens * MAX_CHARACTERS_PER_TOKEN);
        return wellFormed(text.substring(0, characters));
    }

    /** Replaces lone surrogates, which no UTF-8 library takes, by the replacement character; one for one. */
    private static String wellFormed(String text) {
        if (text.codePoints().noneMatch(PairTokenizer::isSurrogate)) {
            return text;
        }
        return text.codePoints()
                .map(c -> isSurrogate(c) ? '\uFFFD' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static boolean isSurrogate(int codePoint) {
        return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
    }

    private static int[] ids(Encoding encoding) {
        return Arrays.stream(encoding.getIds()).mapToInt(Math::toIntExact).toArray();
    }

    private Encoding encode(String text) {
        life.readLock().lock();
        try {
            if (closed) {
                throw new IllegalStateException(CrossEncoderScoringModel.CLOSED);
            }
            return tokenise(text);
        } finally {
            life.readLock().unlock();
        }
    }

    private Encoding tokenise(String text) {
        try {
            return tokenizer.encode(text, false, false);
        } catch (RuntimeException e) { // again bare ones: for a vocabulary without a token for unknown words, say
            throw new LocalModelException("the tokenizer could not tokenise a text: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        life.writeLock().lock();
        try {
            closed = true;
            tokenizer.close();
        } finally {
            life.writeLock().unlock();
        }
    }
}
