package dev.langchain4j.rerank;

import org.jspecify.annotations.Nullable;

/**
 * Details of a score beyond the number.
 *
 * @param scored whether the text was scored at all; {@code false} for a text that kept its retrieval order
 * @param stage the stage that ranked it, for instance {@code scored}, {@code retrieval} or the name of a stage of a
 *     composed model
 * @param bestWindow the part of a long text that gave the score; null if the whole text was one window
 * @param truncated whether the model read only the beginning of the text
 */
public record ScoreDetail(
        boolean scored, String stage, @Nullable TextWindow bestWindow, boolean truncated) {

    /** The stage of a text that the model scored as a whole. */
    public static final String SCORED = "scored";

    /** The stage of a text that was not scored and keeps its retrieval order. */
    public static final String RETRIEVAL = "retrieval";

    /** Returns the detail of a text that was scored as a whole, by a model of one stage. */
    public static ScoreDetail ofScored() {
        return new ScoreDetail(true, SCORED, null, false);
    }

    /** Returns the detail of a text that was not scored and keeps its retrieval order. */
    public static ScoreDetail ofRetrieval() {
        return new ScoreDetail(false, RETRIEVAL, null, false);
    }

    /** Returns the same detail with another stage. */
    public ScoreDetail withStage(String stage) {
        return new ScoreDetail(scored, stage, bestWindow, truncated);
    }

    /**
     * Returns the same detail for a stage of a composed model. A stage inside the stage stays readable: {@code
     * stage/inner}.
     */
    public ScoreDetail insideStage(String outer) {
        return withStage(stage.equals(SCORED) ? outer : outer + "/" + stage);
    }

    /** Returns the same detail with another best window. */
    public ScoreDetail withBestWindow(@Nullable TextWindow bestWindow) {
        return new ScoreDetail(scored, stage, bestWindow, truncated);
    }

    /** Returns the same detail with another truncation flag. */
    public ScoreDetail withTruncated(boolean truncated) {
        return new ScoreDetail(scored, stage, bestWindow, truncated);
    }
}
