package dev.langchain4j.rerank.report;

import dev.langchain4j.rerank.evaluation.EvaluationResult;
import dev.langchain4j.rerank.internal.Arguments;
import java.nio.file.Path;

/**
 * An {@link EvaluationResult} as one HTML page: charts of the first measure against latency and against depth, and a
 * table of all numbers. It contains names and numbers, but no query and no document.
 *
 * <p>The page is a single file that loads nothing from elsewhere; its content security policy forbids that.
 *
 * <p>Immutable and thread-safe.
 */
public final class EvaluationReport {

    private final String html;

    private EvaluationReport(Builder builder) {
        this.html = new EvaluationPage(builder.result, builder.title).html();
    }

    /**
     * Returns a builder.
     *
     * @param result the result of {@code Evaluation.run}
     */
    public static Builder builder(EvaluationResult result) {
        return new Builder(result);
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

    /** Options of an {@link EvaluationReport}. */
    public static final class Builder {

        private final EvaluationResult result;
        private String title = "Which reranker, and how deep?";

        private Builder(EvaluationResult result) {
            this.result = Arguments.required("result", result, "pass the result of Evaluation.run()");
        }

        /**
         * Heading of the page, for instance the collection and the machine. Default {@code Which reranker, and how
         * deep?}
         */
        public Builder title(String title) {
            this.title = Arguments.required("title", title, "omit the call to keep the default");
            return this;
        }

        public EvaluationReport build() {
            return new EvaluationReport(this);
        }
    }
}
