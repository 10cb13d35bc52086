package dev.langchain4j.rerank;

import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.TokenCountEstimator;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.rag.content.Content;
import dev.langchain4j.rerank.internal.Arguments;
import dev.langchain4j.store.embedding.CosineSimilarity;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * A step that decides which of the ranked contents are kept, and in which order. Steps run one after the other; each
 * gets the result of the one before.
 *
 * <p>Implementations are thread-safe and keep no state between rankings.
 */
@FunctionalInterface
public interface SelectionPolicy {

    /**
     * Runs the step.
     *
     * @param selection the contents kept so far, the best first unless an earlier step has rearranged them
     * @return the contents to keep, created from {@code selection} by its methods
     */
    Selection select(Selection selection);

    /**
     * Whether this step only arranges the contents that are passed on. The aggregator runs such steps last, after it
     * has cut to its {@code topK}. Default {@code false}.
     */
    default boolean arranges() {
        return false;
    }

    /**
     * Keeps the first contents.
     *
     * @param topK maximum number of contents; at least 1, {@link Integer#MAX_VALUE} for all
     */
    static SelectionPolicy topK(int topK) {
        Arguments.atLeast("topK", 1, topK);
        String reason = "beyond top " + topK;
        return selection -> selection.keepFirst(topK, reason);
    }

    /**
     * Keeps the contents whose reported score is high enough. Contents that were not scored stay: a threshold does not
     * apply to them.
     *
     * @param minScore the lowest score that is kept; finite, on the reported scale
     */
    static SelectionPolicy minScore(double minScore) {
        Arguments.finite("minScore", minScore);
        String reason = "below minimum score " + minScore;
        return selection -> selection.drop(content -> {
            Double score = content.score();
            return score != null && score < minScore ? reason : null;
        });
    }

    /**
     * Cuts at the largest drop from one score to the next, so that a query with two good answers keeps two and one with
     * seven keeps seven. Of equal drops the first counts; if no score drops, {@code max} are kept. Contents that were
     * not scored stay.
     *
     * @param min minimum number of contents to keep, if there are as many; at least 1
     * @param max maximum number of contents to keep; at least {@code min}
     */
    static SelectionPolicy scoreGap(int min, int max) {
        return new ScoreGap(min, max);
    }

    /**
     * Keeps contents, in order, as long as their texts together fit a token budget. One that does not fit is dropped; a
     * shorter one behind it may still fit.
     *
     * @param maxTokens the budget; at least 1
     * @param estimator counts the tokens of each text, once per ranking
     */
    static SelectionPolicy tokenBudget(int maxTokens, TokenCountEstimator estimator) {
        Arguments.atLeast("maxTokens", 1, maxTokens);
        Arguments.required("estimator", estimator, "pass the estimator that counts the tokens of the budget");
        return selection -> {
            long[] left = {maxTokens};
            return selection.drop(content -> {
                int tokens =
                        estimator.estimateTokenCountInText(content.segment().text());
                if (tokens > left[0]) {
                    return "beyond the budget of %d tokens: needs %d, %d left".formatted(maxTokens, tokens, left[0]);
                }
                left[0] -= tokens;
                return null;
            });
        };
    }

    /**
     * Keeps the best contents of each source, so that one long document does not crowd out the others. Contents without
     * the key stay.
     *
     * @param metadataKey the key of the source in the metadata of a text segment, for instance {@code file_name}
     * @param max maximum number of contents per source; at least 1
     */
    static SelectionPolicy perSource(String metadataKey, int max) {
        Arguments.required("metadataKey", metadataKey, "pass the metadata key of the source");
        Arguments.atLeast("max", 1, max);
        String reason = "beyond %d with the same %s".formatted(max, metadataKey);
        return selection -> {
            Map<Object, Integer> counts = new HashMap<>();
            return selection.drop(content -> {
                Object source = content.segment().metadata().toMap().get(metadataKey);
                return source != null && counts.merge(source, 1, Integer::sum) > max ? reason : null;
            });
        };
    }

    /**
     * Restores the best contents that earlier steps dropped, until enough are kept. Later steps and the aggregator's
     * {@code topK} may drop them again. Contents that were not scored because of {@code maxCandidates} are not
     * restored.
     *
     * @param min minimum number of contents to keep, if as many were ranked; at least 1
     */
    static SelectionPolicy minimumKept(int min) {
        Arguments.atLeast("min", 1, min);
        return selection -> selection.restore(Math.max(0, min - selection.kept().size()));
    }

    /**
     * Puts relevant but different contents first: maximal marginal relevance (Carbonell, Goldstein, SIGIR 1998). The
     * most relevant comes first; then, again and again, the one with the highest {@code w * relevance - (1 - w) *
     * similarity}, where {@code relevance} is the reported score, min-max normalised to 0..1, and {@code similarity} is
     * that to the most similar content before it. Drops nothing: {@code topK} cuts afterwards. Contents that were not
     * scored stay behind, in their order. Compares every pair.
     *
     * @param relevanceWeight {@code w}, from 0 (only different) to 1 (only relevant); 0.7 is a mild start
     * @param similarity the similarity of two contents, 1 for equal and 0 for unrelated; null if it is not known, then
     *     the pair counts neither way, and a content that compares to none gets the mean of the others
     */
    static SelectionPolicy mmr(double relevanceWeight, BiFunction<Content, Content, @Nullable Double> similarity) {
        Arguments.required("similarity", similarity, "pass a measure of how similar two contents are");
        return new MaximalMarginalRelevance(
                relevanceWeight, contents -> (one, other) -> similarity.apply(contents.get(one), contents.get(other)));
    }

    /**
     * As {@link #mmr(double, BiFunction)}, by the cosine of the texts' embeddings. Embeds every kept text, with one
     * call per ranking, which neither the aggregator's timeout nor its cancellation stops.
     *
     * @param relevanceWeight from 0 (only different) to 1 (only relevant); 0.7 is a mild start
     * @param embeddingModel embeds the texts; need not be that of the retriever
     */
    static SelectionPolicy mmr(double relevanceWeight, EmbeddingModel embeddingModel) {
        Arguments.required("embeddingModel", embeddingModel, "pass the model that embeds the texts");
        return new MaximalMarginalRelevance(relevanceWeight, contents -> {
            List<TextSegment> segments =
                    contents.stream().map(Content::textSegment).toList();
            List<Embedding> embeddings = embeddingModel.embedAll(segments).content();
            return (one, other) -> CosineSimilarity.between(embeddings.get(one), embeddings.get(other));
        });
    }

    /**
     * Puts the best contents at both ends and the weakest in the middle, where language models read least (Liu et al.,
     * "Lost in the Middle", TACL 2024): of five, the order becomes 1, 3, 5, 4, 2. Runs after {@code topK}, wherever it
     * stands among the steps.
     */
    static SelectionPolicy lostInTheMiddle() {
        return new LostInTheMiddle();
    }
}
