/**
 * Evaluation of rerankers: quality measures, judgement and run files, and the comparison of rerankers by quality and
 * latency. Its stages, in order:
 *
 * <ol>
 *   <li>Reading: {@link dev.langchain4j.rerank.evaluation.BeirCollection} for whole collections,
 *       {@link dev.langchain4j.rerank.evaluation.Qrels} for judgements and {@link dev.langchain4j.rerank.evaluation.Run}
 *       for rankings. {@code Line} reads files and reports malformed lines by number, {@code TrecColumns} splits the lines
 *       of TREC files.
 *   <li>Comparing: {@link dev.langchain4j.rerank.evaluation.Evaluation} runs each
 *       {@link dev.langchain4j.rerank.evaluation.RerankFunction} at each depth, and reports progress to
 *       {@link dev.langchain4j.rerank.evaluation.EvaluationListener}s.
 *   <li>Measuring: {@link dev.langchain4j.rerank.evaluation.Measure} has the factories of {@code Ndcg},
 *       {@code ReciprocalRank}, {@code AveragePrecision}, {@code Recall}, {@code Precision} and {@code Hit}, which look up
 *       judgements through {@code Gains}.
 *   <li>Result: {@link dev.langchain4j.rerank.evaluation.EvaluationResult}, which {@code MarkdownTable} prints.
 * </ol>
 */
@NullMarked
package dev.langchain4j.rerank.evaluation;

import org.jspecify.annotations.NullMarked;
