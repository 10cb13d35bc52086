package dev.langchain4j.rerank.local;

import dev.langchain4j.rerank.InvalidOptionException;
import dev.langchain4j.rerank.TextWindow;
import dev.langchain4j.rerank.local.TextTokenizer.Tokens;
import dev.langchain4j.rerank.local.internal.hub.ModelFiles;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * The tokenizer of a causal language model: encodes a query and a passage as the prompt that the model continues. The
 * passage is cut if the prompt is too long, and the query if it is longer than its own limit.
 *
 * <p>Thread-safe, {@link #close()} included, which waits for running calls.
 */
final class PromptTokenizer implements PairEncoder {

    private static final Pattern FIELD = Pattern.compile("\\{(?:instruction|query)}");

    private final TextTokenizer tokenizer;
    private final RelevancePrompt prompt;
    private final String instruction;
    private final int documentPart;
    private final int maxLength;
    private final int queryMaxLength;

    private PromptTokenizer(
            TextTokenizer tokenizer, RelevancePrompt prompt, String instruction, int maxLength, int queryMaxLength) {
        this.tokenizer = tokenizer;
        this.prompt = prompt;
        this.instruction = instruction;
        this.documentPart = IntStream.range(0, prompt.parts().size())
                .filter(part -> prompt.parts().get(part).endsWith(RelevancePrompt.DOCUMENT))
                .findFirst()
                .orElseThrow();
        this.maxLength = maxLength;
        this.queryMaxLength = queryMaxLength;
    }

    /**
     * Reads the tokenizer of a model.
     *
     * @param instruction text for the placeholder of the prompt
     * @throws InvalidOptionException if a query of {@code queryMaxLength} tokens leaves no room for a passage
     * @throws LocalModelException if the file is not a tokenizer
     */
    static PromptTokenizer load(
            ModelFiles files, RelevancePrompt prompt, String instruction, int maxLength, int queryMaxLength) {
        TextTokenizer tokenizer = TextTokenizer.load(files);
        try {
            PromptTokenizer loaded = new PromptTokenizer(tokenizer, prompt, instruction, maxLength, queryMaxLength);
            int own = loaded.query("").length();
            if (queryMaxLength > maxLength - own - 1) {
                throw new InvalidOptionException(
                        "queryMaxLength",
                        ("queryMaxLength must be at most %d, so that the %d tokens of the prompt and a passage"
                                        + " fit into maxLength %d, got %d")
                                .formatted(maxLength - own - 1, own, maxLength, queryMaxLength));
            }
            return loaded;
        } catch (RuntimeException e) {
            tokenizer.close();
            throw e;
        }
    }

    /**
     * Returns the token of an answer.
     *
     * @throws LocalModelException if the answer is several tokens
     */
    int answer(String answer) {
        int[] ids = tokenizer.ids(answer);
        if (ids.length != 1) {
            throw new LocalModelException(
                    "the answer \"%s\" is %d tokens of this model, expected 1".formatted(answer, ids.length));
        }
        return ids[0];
    }

    @Override
    public int maxLength() {
        return maxLength;
    }

    @Override
    public Query query(String query) {
        TextTokenizer.Beginning beginning = tokenizer.beginning(query, queryMaxLength);
        Map<String, String> values =
                Map.of(RelevancePrompt.INSTRUCTION, instruction, RelevancePrompt.QUERY, beginning.text());
        List<String> parts =
                prompt.parts().stream().map(part -> filled(part, values)).toList();
        String opening = parts.get(documentPart);
        return new Prompt(
                tokens(parts.subList(0, documentPart)),
                opening.substring(0, opening.length() - RelevancePrompt.DOCUMENT.length()),
                tokens(parts.subList(documentPart + 1, parts.size())),
                beginning.truncated());
    }

    /** Fills all placeholders in one pass, so that inserted text is not searched for placeholders. */
    private static String filled(String part, Map<String, String> values) {
        return FIELD.matcher(part).replaceAll(field -> Matcher.quoteReplacement(values.get(field.group())));
    }

    private int[] tokens(List<String> parts) {
        return parts.stream()
                .flatMapToInt(part -> IntStream.of(tokenizer.ids(part)))
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

    /** A prompt without its document. */
    private final class Prompt implements Query {

        private final TextTokenizer.Frame frame;
        private final String opening;
        private final int length;
        private final boolean truncated;

        private Prompt(int[] before, String opening, int[] after, boolean truncated) {
            this.frame = new TextTokenizer.Frame(before, after);
            this.opening = opening;
            this.length = before.length + tokenizer.ids(opening).length + after.length;
            this.truncated = truncated;
        }

        @Override
        public int length() {
            return length;
        }

        @Override
        public TokenSequence with(String passage) {
            int room = maxLength - frame.before().length - frame.after().length;
            Tokens document = tokenizer.tokens(opening + passage, room);
            int[] ids = frame.around(document.ids());
            return new TokenSequence(ids, new int[ids.length], truncated || document.truncated());
        }
    }
}
