package dev.langchain4j.rerank.local;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.djl.huggingface.tokenizers.jni.CharSpan;
import dev.langchain4j.rerank.TextWindow;
import dev.langchain4j.rerank.local.internal.hub.ModelFiles;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The tokenizer of a model, text by text, without special tokens.
 *
 * <p>Thread-safe, {@link #close()} included, which waits for running calls.
 */
final class TextTokenizer implements AutoCloseable {

    /**
     * First guess of the maximum number of characters per token: the rest of a longer text is not tokenised, so that a
     * text of megabytes costs no more than one that fills the window. English has 4 to 5.
     */
    private static final int MAX_CHARACTERS_PER_TOKEN = 64;

    /** The file of a tokenizer often pads to 512 and truncates: both are switched off. */
    private static final Map<String, String> OPTIONS = Map.of("padding", "false", "truncation", "false");

    private static final String EXAMPLE = "text";

    private final HuggingFaceTokenizer tokenizer;
    private final ReentrantReadWriteLock life = new ReentrantReadWriteLock();
    private boolean closed;

    private TextTokenizer(HuggingFaceTokenizer tokenizer) {
        this.tokenizer = tokenizer;
    }

    /**
     * Reads the tokenizer of a model.
     *
     * @throws LocalModelException if the file is not a tokenizer
     */
    static TextTokenizer load(ModelFiles files) {
        keepDjlQuiet();
        try {
            byte[] file = files.read(ModelFiles.TOKENIZER);
            PostProcessorCheck.check(file);
            return new TextTokenizer(HuggingFaceTokenizer.newInstance(new ByteArrayInputStream(file), OPTIONS));
        } catch (IOException
                | RuntimeException e) { // DJL throws plain RuntimeExceptions for files that its library refuses
            throw new LocalModelException(files.locate(ModelFiles.TOKENIZER) + " is not a Hugging Face tokenizer", e);
        }
    }

    /** On EC2, DJL reports each loaded tokenizer to a server of its authors unless this is switched off. */
    private static void keepDjlQuiet() {
        if (System.getenv("OPT_OUT_TRACKING") == null && System.getProperty("OPT_OUT_TRACKING") == null) {
            System.setProperty("OPT_OUT_TRACKING", "true");
        }
    }

    /**
     * Returns the special tokens around a text.
     *
     * @throws IllegalArgumentException if the tokenizer adds others than at its beginning and end
     */
    Frame frame() {
        Encoding framed = tokenised(() -> tokenizer.encode(EXAMPLE, true, false));
        int[] all = ids(framed);
        int[] text = ids(EXAMPLE);
        int start = 0;
        while (start < all.length && framed.getSpecialTokenMask()[start] == 1) {
            start++;
        }
        int end = start + text.length;
        if (end > all.length || !Arrays.equals(all, start, end, text, 0, text.length)) {
            throw new IllegalArgumentException("it does not put a text between special tokens");
        }
        return new Frame(Arrays.copyOf(all, start), Arrays.copyOfRange(all, end, all.length));
    }

    /** Returns two texts as the tokenizer joins them. */
    Encoding joined(String first, String second) {
        return tokenised(() -> tokenizer.encode(first, second, true, false));
    }

    /** Returns the ids of the tokens of a short text. */
    int[] ids(String text) {
        return ids(encode(text));
    }

    /** Returns the first tokens of a text, up to a maximum. */
    Tokens tokens(String text, int atMost) {
        String head = head(text, atMost);
        int[] ids = ids(head);
        return ids.length <= atMost
                ? new Tokens(ids, head.length() < text.length())
                : new Tokens(Arrays.copyOf(ids, atMost), true);
    }

    /** Returns the beginning of a text that a number of tokens represents. */
    Beginning beginning(String text, int tokens) {
        String head = head(text, tokens);
        Encoding encoding = encode(head);
        boolean cut = encoding.getIds().length > tokens;
        String beginning = cut ? head.substring(0, starts(encoding, head)[tokens]) : head;
        return new Beginning(beginning, cut || head.length() < text.length());
    }

    /** See {@link dev.langchain4j.rerank.TextWindower#windows}. */
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

    /** Returns UTF-16 offsets: the tokenizer counts code points. */
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

    /** Returns the beginning of a text that a number of tokens can represent, without lone surrogates. */
    private static String head(String text, int tokens) {
        int characters = (int) Math.min(text.length(), (long) tokens * MAX_CHARACTERS_PER_TOKEN);
        return wellFormed(text.substring(0, characters));
    }

    /** Replaces unpaired surrogates, which no UTF-8 library accepts, by U+FFFD; one for one. */
    private static String wellFormed(String text) {
        if (text.codePoints().noneMatch(TextTokenizer::isSurrogate)) {
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
                throw new ClosedModelException();
            }
            return tokenised(() -> tokenizer.encode(text, false, false));
        } finally {
            life.readLock().unlock();
        }
    }

    private static Encoding tokenised(Supplier<Encoding> encoding) {
        try {
            return encoding.get();
        } catch (
                RuntimeException
                        e) { // again plain ones, for instance for a vocabulary without a token for unknown words
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

    /**
     * The first tokens of a text.
     *
     * @param ids not shared, never modified
     * @param truncated whether the text is longer
     */
    @SuppressWarnings("ArrayRecordComponent") // stays inside the package, never compared
    record Tokens(int[] ids, boolean truncated) {}

    /** Special tokens before and after a text. */
    @SuppressWarnings("ArrayRecordComponent") // stays inside the package, never compared
    record Frame(int[] before, int[] after) {

        int[] around(int[] text) {
            return Stream.of(before, text, after).flatMapToInt(Arrays::stream).toArray();
        }
    }

    /**
     * The beginning of a text.
     *
     * @param truncated whether the text is longer
     */
    record Beginning(String text, boolean truncated) {}
}
