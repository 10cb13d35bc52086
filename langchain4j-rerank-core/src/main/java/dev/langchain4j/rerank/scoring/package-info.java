/**
 * Scoring models composed of scoring models: a cache, a fallback chain, a cascade, windows for long documents, a weighted
 * mean, and a chat model as reranker. They nest in any way that keeps scores comparable; builders refuse the others.
 *
 * <p>A call has these stages:
 *
 * <ol>
 *   <li><b>Arguments.</b> {@code CallContext} checks them and runs the composition, sync or async. Without segments no
 *       model is called.
 *   <li><b>Composition.</b> One public class each, with its parts:
 *       <ul>
 *         <li>{@link dev.langchain4j.rerank.scoring.CachingScoringModel}: {@code PairCache} holds the scores and the
 *             computations in flight.
 *         <li>{@link dev.langchain4j.rerank.scoring.FallbackScoringModel}: {@code FallbackLink} is a model with its
 *             circuit breaker; {@code CommonScale} brings the scores of different models to one scale.
 *         <li>{@link dev.langchain4j.rerank.scoring.CascadeScoringModel}: {@code LatencyEstimate} divides the latency
 *             budget.
 *         <li>{@link dev.langchain4j.rerank.scoring.LongDocumentScoringModel}: {@code WindowedText} splits a text;
 *             {@code EstimatedWindower} does so by any token count.
 *         <li>{@link dev.langchain4j.rerank.scoring.WeightedScoringModel}: {@code CommonScale}, too.
 *         <li>{@link dev.langchain4j.rerank.scoring.ListwiseChatScoringModel}: {@code RankingPrompt} writes a request,
 *             {@code RankingReply} reads a reply, {@code PassageOrder} is the order so far.
 *       </ul>
 *   <li><b>Inner models.</b> {@code InnerModel} knows scale and listwise. {@code CallContext} calls the model.
 *   <li><b>Response.</b> {@link dev.langchain4j.rerank.internal.ModelResponse} checks the response of an inner model and
 *       carries its {@link dev.langchain4j.rerank.RerankMetadata} to that of the composition.
 * </ol>
 *
 * <p>All compositions have this in common:
 *
 * <ul>
 *   <li>They are thread-safe, start no thread and own nothing that needs closing. The inner models are closed by their
 *       owner.
 *   <li>A sync call runs the inner models on the caller's thread. An async call starts their async calls; cancelling its
 *       future cancels theirs. It fails with {@link dev.langchain4j.exception.AsyncNotSupportedException} if an inner
 *       model has no async.
 *   <li>A null or blank query, a null list, a null segment and a null or blank text are refused with {@link
 *       IllegalArgumentException}, thrown by a sync call and through the future of an async call. An inner model whose
 *       response is not one finite score per text is refused with {@link
 *       dev.langchain4j.rerank.InvalidScoresException}, which names it.
 *   <li>A sync call on an interrupted thread calls no inner model. Interrupted before or during a call, it throws {@link
 *       java.util.concurrent.CancellationException} and the interrupt flag is set.
 *   <li>An inner model that does not declare its scale is taken as {@link dev.langchain4j.rerank.ScoreScale#RELATIVE};
 *       {@link dev.langchain4j.rerank.ScaledScoringModel#of} declares it.
 *   <li>The parameters of an async request are passed to every inner model. Token usage and billed units are the sums over
 *       the inner calls. So are {@link dev.langchain4j.rerank.ScoringTimes}, of the inner calls that succeeded; a cache
 *       and a weighted model, whose inner calls may overlap with others, report none.
 * </ul>
 */
@NullMarked
package dev.langchain4j.rerank.scoring;

import org.jspecify.annotations.NullMarked;
