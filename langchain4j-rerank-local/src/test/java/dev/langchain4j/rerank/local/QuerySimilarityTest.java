package dev.langchain4j.rerank.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.langchain4j.rerank.local.internal.hub.ModelFiles;
import org.junit.jupiter.api.Test;

class QuerySimilarityTest {

    private static final int[] QUERY = {50, 60};

    private final TokenEmbeddings embeddings = TokenEmbeddings.load(ModelFiles.in(TestModels.directory("bert")));

    /** In the tiny model no two tokens are alike, so that this is plain BM25. */
    @Test
    void is_bm25_over_the_texts_of_the_call() {
        double[] similarities = similarities(new int[] {50, 50, 70, 71}, new int[] {60, 50}, new int[] {70, 71, 72});

        double common = Math.log(1 + 1.5 / 2.5); // in two of three texts
        double rare = Math.log(1 + 2.5 / 1.5); // in one
        assertThat(similarities[0]).isEqualTo(common * 2 * 2.2 / (2 + 1.2 * (0.25 + 0.75 * 4 / 3)), within(1e-6));
        double norm = 1.2 * (0.25 + 0.75 * 2 / 3);
        assertThat(similarities[1]).isEqualTo((common + rare) * 2.2 / (1 + norm), within(1e-6));
        assertThat(similarities[2]).isZero();
    }

    @Test
    void a_text_without_tokens_is_like_nothing() {
        assertThat(similarities(new int[0], new int[0])).containsExactly(0, 0);
    }

    private double[] similarities(int[]... texts) {
        QuerySimilarity similarity = new QuerySimilarity(embeddings, QUERY, texts.length);
        for (int index = 0; index < texts.length; index++) {
            similarity.read(index, texts[index]);
        }
        return similarity.similarities();
    }
}
