package dev.langchain4j.rerank.report;

import dev.langchain4j.rerank.Ranking;
import dev.langchain4j.rerank.ScoreScale;
import dev.langchain4j.rerank.internal.Arguments;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A {@link Ranking} as one HTML page: retrieval order and reranked order side by side, connected by lines, with each
 * content's change of rank, its score as a bar, the window of the text that gave the score, and the reason if it was
 * dropped. Of a long text, the part around its best window is shown, at most 2,000 characters.
 *
 * <p>The page is a single file that loads nothing from elsewhere; its content security policy forbids that. Markup in
 * the documents is shown as text. The page contains the query, the texts and their metadata: protect it as you protect
 * these.
 *
 * <p>Immutable and thread-safe.
 */
public final class RankingReport {

    private final String html;

    private RankingReport(Builder builder) {
        this.html = new RankingPage(builder.ranking, builder.title, builder.scale).html();
    }

    /**
     * Returns a builder.
     *
     * @param ranking the result of {@code RerankingContentAggregator.rank}
     */
    public static Builder builder(Ranking ranking) {
        return new Builder(ranking);
    }

    /** Returns the page. */
    public String html() {
        return html;
    }

    /**
     * Writes the page in UTF-8 and replaces an existing file.
     *
     * @throws java.io.UncheckedIOException if it cannot be written
     */
    public void writeTo(Path file) {
        Page.write(html, file);
    }

    /** Options of a {@link RankingReport}. */
    public static final class Builder {

        private final Ranking ranking;
        private String title = "Ranking";
        private @Nullable ScoreScale scale;

        private Builder(Ranking ranking) {
            this.ranking = Arguments.required("ranking", ranking, "pass the result of rank(...)");
        }

        /** Title above the query and in the browser's tab. Default {@code Ranking}. */
        public Builder title(String title) {
            this.title = Arguments.required("title", title, "omit the call to keep the default");
            return this;
        }

        /**
         * Scale of the raw scores, which decides the axis of the bars: around 0 for logits, from 0 to 1 for
         * probabilities, from the lowest to the highest for relative scores. Default: from 0 to 1 if all raw scores are
         * in that range, otherwise around 0.
         */
        public Builder scale(ScoreScale scale) {
            this.scale = Arguments.required("scale", scale, "omit the call to keep the default");
            return this;
        }

        public RankingReport build() {
            return new RankingReport(this);
        }
    }
}
