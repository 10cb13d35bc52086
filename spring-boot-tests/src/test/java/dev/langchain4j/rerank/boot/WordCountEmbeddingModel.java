package dev.langchain4j.rerank.boot;

import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.output.Response;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** An embedding model for first-stage search by words: texts that share words are close to each other. */
public final class WordCountEmbeddingModel implements EmbeddingModel {

    private static final int DIMENSIONS = 64;
    private static final Pattern WORDS = Pattern.compile("\\W+");

    @Override
    public Response<List<Embedding>> embedAll(List<TextSegment> segments) {
        return Response.from(segments.stream()
                .map(segment -> Embedding.from(counts(segment.text())))
                .toList());
    }

    private static float[] counts(String text) {
        float[] counts = new float[DIMENSIONS];
        for (String word : WORDS.split(text.toLowerCase(Locale.ROOT), 0)) {
            counts[Math.floorMod(word.hashCode(), DIMENSIONS)]++;
        }
        return counts;
    }
}
