/**
 * Scoring models made of scoring models: a cache, a fallback chain, a cascade, windows for long documents, a weighted
 * ensemble, and a chat model as reranker. They nest in any way that keeps scores comparable; what would not is refused
 * when it is built.
 *
 * <p>They have in common:
 *
 * <ul>
 *   <li>They are thread-safe, start no thread and own nothing that needs closing. Whoever made the inner models closes
 *       them.
 *   <li>A sync call asks the inner models on the caller's thread. An async call asks for their futures; cancelling its
 *       future cancels theirs. It fails with {@link dev.langchain4j.exception.AsyncNotSupportedException} where an inner
 *       model has no async.
 *   <li>A null or blank query or text is refused with {@link IllegalArgumentException}, an empty list is answered
 *       without a call, and an inner model that answers a number that is not finite, or not one score a text, is refused
 *       with {@link dev.langchain4j.rerank.InvalidScoresException}.
 *   <li>An inner model that does not say what its scores mean is taken as
 *       {@link dev.langchain4j.rerank.ScoreScale#RELATIVE}; {@link dev.langchain4j.rerank.ScaledScoringModel#of} says it
 *       for the model.
 *   <li>Parameters of an async request go to every inner model. Token usage is the sum over the inner calls. So are
 *       {@link dev.langchain4j.rerank.ScoringTimes}, of the inner calls that were answered; a cache and a weighted model,
 *       whose inner calls may overlap with others, tell none.
 * </ul>
 */
@NullMarked
package dev.langchain4j.rerank.scoring;

import org.jspecify.annotations.NullMarked;
