package dev.langchain4j.rerank.local;

import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.output.Response;
import dev.langchain4j.model.scoring.request.ScoringRequest;
import dev.langchain4j.model.scoring.response.ScoringResponse;
import dev.langchain4j.rerank.ProgressiveScoringModel;
import dev.langchain4j.rerank.ScaledScoringModel;
import dev.langchain4j.rerank.ScoreScale;
import dev.langchain4j.rerank.ScoreSink;
import dev.langchain4j.rerank.TextWindow;
import dev.langchain4j.rerank.TextWindower;
import dev.langchain4j.rerank.internal.Arguments;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;

/**
 * A scoring model in this JVM: the base of all models of this module. Besides scoring, it reports its engine, its number
 * of workers and how many calls wait for them, at no cost.
 *
 * <p>Thread-safe. One model is loaded once and costs its weights in native memory, whatever the number of threads that
 * use it; calls share its workers in turn, one batch each. {@link #close()} frees it.
 */
public abstract sealed class LocalScoringModel
        implements ScaledScoringModel, ProgressiveScoringModel, TextWindower, AutoCloseable
        permits ColbertScoringModel, CrossEncoderScoringModel, GenerativeScoringModel, PackagedScoringModel {

    /**
     * The parts of a loaded model.
     *
     * @param windower its tokenizer
     * @param listwise whether the score of a text depends on the other texts of the call
     * @param description the string representation of the model
     */
    record Parts(
            LocalScoringService service,
            TextWindower windower,
            Engine engine,
            ScoreScale scale,
            boolean listwise,
            String description) {}

    private final Parts parts;

    LocalScoringModel(Parts parts) {
        this.parts = parts;
    }

    Parts parts() {
        return parts;
    }

    @Override
    public ScoreScale scoreScale() {
        return parts.scale();
    }

    @Override
    public boolean listwise() {
        return parts.listwise();
    }

    /**
     * Scores each segment against the query and waits for the last score.
     *
     * @param segments none null; may be empty, then nothing is run
     * @param query not blank
     * @return one finite score per segment, in the given order
     * @throws IllegalArgumentException if the query is null or blank, or the list or a segment is null
     * @throws IllegalStateException if the model is closed
     * @throws RejectedExecutionException if too many calls wait already ({@link LocalModelBuilder#maxWaitingCalls(int)})
     * @throws LocalModelException if a text gets no finite score
     * @throws CancellationException if the calling thread is interrupted, within the time of one pair; its interrupt flag
     *     stays set
     */
    @Override
    public Response<List<Double>> scoreAll(List<TextSegment> segments, String query) {
        return parts.service().scoreAll(this, segments, query);
    }

    /**
     * Scores each document against the query without a thread of the caller.
     *
     * @return one finite score per document, in the given order; fails with the exceptions of {@link #scoreAll};
     *     cancelling it stops the work within the time of one batch
     */
    @Override
    public CompletableFuture<ScoringResponse> doScoreAsync(ScoringRequest request) {
        return parts.service().scoreAsync(this, request);
    }

    /** {@inheritDoc} Fails with the exceptions of {@link #scoreAll}. */
    @Override
    public CompletableFuture<Void> scoreEach(List<String> texts, String query, ScoreSink sink) {
        return parts.service().scoreEach(this, texts, query, sink);
    }

    /** {@inheritDoc} Cuts between words if a window holds more than one. */
    @Override
    public List<TextWindow> windows(String text, int maxTokens, int overlap) {
        try {
            return parts.windower().windows(text, maxTokens, overlap);
        } catch (ClosedModelException e) {
            throw Arguments.closed(this);
        }
    }

    /** Returns the engine that runs the model. */
    public Engine engine() {
        return parts.engine();
    }

    /** Returns the maximum number of threads that run the model. */
    public int workers() {
        return parts.service().workers();
    }

    /**
     * Returns the number of calls with at least one batch still queued, even if other batches already run; 0 if the
     * model keeps up. From {@code maxWaitingCalls} on, calls are refused.
     */
    public int waitingCalls() {
        return parts.service().waitingCalls();
    }

    /**
     * Waits for the running calls, then ends the workers and frees the native model. Later calls are refused; closing
     * again does nothing. Must not be called from a {@link ScoreSink}, which runs inside a call.
     */
    @Override
    public void close() {
        parts.service().close();
    }

    @Override
    public String toString() {
        return parts.description();
    }
}
