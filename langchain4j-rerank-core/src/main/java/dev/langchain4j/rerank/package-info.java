/**
 * The rerank step of a retrieval pipeline: candidates in, the best first out. Its stages, in the order in which a call
 * passes through them:
 *
 * <ol>
 *   <li>Entry: {@link dev.langchain4j.rerank.RerankingContentAggregator} for retrieved contents,
 *       {@link dev.langchain4j.rerank.Reranker} for plain strings. {@code Pipeline} holds the settings of an aggregator,
 *       {@code RankingCall} is one call of it.
 *   <li>Fusing: {@code Retrieval} merges the retrieved contents into {@code Candidate}s and orders them with a
 *       {@link dev.langchain4j.rerank.CandidateFusion} ({@code WeightedFusion}); {@code Shortlist} cuts to
 *       {@code maxCandidates}; {@code QueryCandidates} pairs candidates with queries ({@code Queries},
 *       {@link dev.langchain4j.rerank.QuerySelector}).
 *   <li>Scoring: {@code ScoringRun} scores all queries until the deadline, {@code ChunkedQuery} (sized by
 *       {@code ChunkSizer}) or {@code ProgressiveQuery} one of them; {@code ModelCalls} and {@code RunningCalls} start and
 *       stop the calls; {@code BestScores} collects the scores. {@code ScoringSettings}, {@code TextTemplate},
 *       {@code Timer} and {@code Threads} support them.
 *   <li>Assembling: {@code RankingAssembler} applies {@link dev.langchain4j.rerank.ScoreNormalizer}
 *       ({@link dev.langchain4j.rerank.PlattCalibration}), {@link dev.langchain4j.rerank.ScoreCombiner} and the
 *       {@link dev.langchain4j.rerank.SelectionPolicy} steps ({@code ScoreGap}, {@code MaximalMarginalRelevance},
 *       {@code LostInTheMiddle}) on a {@link dev.langchain4j.rerank.Selection}.
 *   <li>Result: {@link dev.langchain4j.rerank.Ranking} of {@link dev.langchain4j.rerank.RankedContent}s
 *       ({@code RankingTable} prints it), reported to {@link dev.langchain4j.rerank.RerankListener}s ({@code Listeners},
 *       {@code DegradationWarning}).
 * </ol>
 *
 * <p>Scoring models implement {@link dev.langchain4j.rerank.ScaledScoringModel},
 * {@link dev.langchain4j.rerank.ProgressiveScoringModel} and {@link dev.langchain4j.rerank.TextWindower}, and report
 * details in {@link dev.langchain4j.rerank.RerankMetadata}.
 */
@NullMarked
package dev.langchain4j.rerank;

import org.jspecify.annotations.NullMarked;
