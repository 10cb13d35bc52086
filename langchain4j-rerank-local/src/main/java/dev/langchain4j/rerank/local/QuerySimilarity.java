package dev.langchain4j.rerank.local;

import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * The similarity of the texts of one call to the query, by their tokens alone: BM25 (Robertson and Zaragoza, 2009, doi
 * 10.1561/1500000019), in which each token of a text counts for each similar token of the query, by the cosine of their
 * vectors, and in which a token of the query has the more weight, the fewer texts contain a similar one. Texts are read
 * by many threads, each once; similarities are computed when all have been read.
 */
final class QuerySimilarity {

    /** Below it, tokens have different meanings: forms of a word are above it, synonyms rarely. */
    private static final float LIKE = 0.9f;

    private static final double SATURATION = 1.2; // BM25's k1
    private static final double LENGTH_SHARE = 0.75; // BM25's b

    private final TokenEmbeddings embeddings;
    private final float[][] query;
    private final double[][] occurrences; // of tokens like each of the query's, by text
    private final int[] lengths;
    private final Map<Integer, float[]> likeness = new ConcurrentHashMap<>();

    /**
     * Creates the similarity of one call.
     *
     * @param query its tokens
     * @param texts number of texts
     */
    QuerySimilarity(TokenEmbeddings embeddings, int[] query, int texts) {
        this.embeddings = embeddings;
        this.query = Arrays.stream(query).mapToObj(embeddings::direction).toArray(float[][]::new);
        this.occurrences = new double[texts][query.length];
        this.lengths = new int[texts];
    }

    /** Reads the tokens of a text. */
    void read(int index, int[] tokens) {
        lengths[index] = tokens.length;
        for (int token : tokens) {
            float[] like = likeness.computeIfAbsent(token, this::likeness);
            for (int i = 0; i < like.length; i++) {
                occurrences[index][i] += like[i];
            }
        }
    }

    /** Returns, for each token of the query, the cosine with a token of a text, or 0 if they are not similar. */
    private float[] likeness(int token) {
        float[] vector = embeddings.direction(token);
        float[] cosines = new float[query.length];
        for (int i = 0; i < cosines.length; i++) {
            float cosine = dot(query[i], vector);
            cosines[i] = cosine < LIKE ? 0 : cosine;
        }
        return cosines;
    }

    private static float dot(float[] a, float[] b) {
        float sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    /** Returns the similarity of each text, at least 0; higher is more similar to the query. */
    double[] similarities() {
        double[] weights = weights();
        double meanLength = Math.max(1, Arrays.stream(lengths).average().orElse(0));
        double[] similarities = new double[lengths.length];
        for (int index = 0; index < lengths.length; index++) {
            double norm = SATURATION * (1 - LENGTH_SHARE + LENGTH_SHARE * lengths[index] / meanLength);
            for (int i = 0; i < weights.length; i++) {
                double often = occurrences[index][i];
                similarities[index] += weights[i] * often * (SATURATION + 1) / (often + norm);
            }
        }
        return similarities;
    }

    /** Returns the inverse document frequency among the texts of the call. */
    private double[] weights() {
        double[] weights = new double[query.length];
        Arrays.setAll(weights, i -> {
            long having = Stream.of(occurrences).filter(text -> text[i] > 0).count();
            return Math.log1p((lengths.length - having + 0.5) / (having + 0.5));
        });
        return weights;
    }
}
