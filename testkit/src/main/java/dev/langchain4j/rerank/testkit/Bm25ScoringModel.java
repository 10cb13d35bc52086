package dev.langchain4j.rerank.testkit;

import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.output.Response;
import dev.langchain4j.model.scoring.ScoringModel;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A minimal BM25 scoring model, the cheap first stage of cascades in tests (Robertson et al., "Okapi at TREC-3", 1994),
 * with k1 = 0.9 and b = 0.4 over the words of a collection. The score of a text is the sum over the words w of the
 * query of {@code idf(w) * tf * (k1 + 1) / (tf + k1 * (1 - b + b * length / averageLength))}, with {@code idf(w) = ln(1
 * + (N - n(w) + 0.5) / (n(w) + 0.5))} where n of N texts contain the word. Words are runs of letters and digits,
 * without stemming. Thread-safe.
 */
public final class Bm25ScoringModel implements ScoringModel {

    private static final double K1 = 0.9;
    private static final double B = 0.4;
    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}]+");

    private final Map<String, Integer> textsWith = new HashMap<>();
    private final int texts;
    private final double averageLength;

    /** Counts in how many texts of a collection each word occurs. */
    public Bm25ScoringModel(Collection<String> collection) {
        long length = 0;
        for (String text : collection) {
            List<String> words = words(text);
            length += words.size();
            words.stream().distinct().forEach(word -> textsWith.merge(word, 1, Integer::sum));
        }
        texts = collection.size();
        averageLength = (double) length / texts;
    }

    @Override
    public Response<List<Double>> scoreAll(List<TextSegment> segments, String query) {
        List<String> queryWords = words(query).stream().distinct().toList();
        return Response.from(segments.stream()
                .map(segment -> score(segment.text(), queryWords))
                .toList());
    }

    private double score(String text, List<String> queryWords) {
        List<String> words = words(text);
        Map<String, Long> frequencies =
                words.stream().collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
        double norm = K1 * (1 - B + B * words.size() / averageLength);
        return queryWords.stream()
                .mapToDouble(word -> {
                    long frequency = frequencies.getOrDefault(word, 0L);
                    return idf(word) * frequency * (K1 + 1) / (frequency + norm);
                })
                .sum();
    }

    private double idf(String word) {
        int with = textsWith.getOrDefault(word, 0);
        return Math.log(1 + (texts - with + 0.5) / (with + 0.5));
    }

    private static List<String> words(String text) {
        return WORD.matcher(text.toLowerCase(Locale.ROOT))
                .results()
                .map(MatchResult::group)
                .toList();
    }
}
