package dev.langchain4j.rerank.report;

import dev.langchain4j.rerank.Ranking;
import dev.langchain4j.rerank.ScoreScale;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A {@link Ranking} as one HTML page: retrieval order and reranked order side by side with lines between, how far each
 * content moved, its score as a bar, the window of the text that gave the score, and why it was dropped if it was. Of a
 * long text the part around its best window is shown, 2,000 characters at most.
 *
 * <p>The page is a single file that loads nothing from elsewhere; its content security policy forbids it to. Whatever the
 * documents contain is shown as text. It holds the query, the texts and their metadata: treat it as you treat them.
 *
 * <p>Immutable and thread-safe.
 */
public final class RankingReport {

    private final String html;

    private RankingReport(Builder builder) {
        this.html = new RankingPage(builder.ranking, builder.title, builder.scale).html();
    }

    /**
     * Starts a report.
     *
     * @param ranking what {@code RerankingContentAggregator.rank} returned
     */
    public static Builder builder(Ranking ranking) {
        return new Builder(ranking);
    }

    /** The page. */
    public String html() {
        return html;
    }

    /**
     * Writes the page in UTF-8 and replaces what was there.
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
            this.ranking = Objects.requireNonNull(ranking, "ranking is null: pass what rank(...) returned");
        }

        /** What stands above the query and in the browser's tab. Default {@code Ranking}. */
        public Builder title(String title) {
            this.title = Objects.requireNonNull(title, "title is null: leave it out instead");
            return this;
        }

        /**
         * What the raw scores mean, which decides the axis of the bars: around 0 for logits, from 0 to 1 for probabilities,
         * from the lowest to the highest for relative ones. Default: from 0 to 1 if all raw scores are there, else around 0.
         */
        public Builder scale(ScoreScale scale) {
            this.scale = Objects.requireNonNull(scale, "scale is null: leave it out instead");
            return this;
        }

        public RankingReport build() {
            return new RankingReport(this);
        }
    }
}
