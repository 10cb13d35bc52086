/**
 * HTML pages for people: the rank changes of a ranking with their reasons, and the quality and cost of rerankers. Its
 * classes, from the outside to the inside:
 *
 * <ol>
 *   <li>Reports: {@link dev.langchain4j.rerank.report.RankingReport} and
 *       {@link dev.langchain4j.rerank.report.EvaluationReport} take options and return or write a page.
 *   <li>Pages: {@code RankingPage} has the two orders with {@code MoveLines} and {@code Move}s between them,
 *       {@code ScoreBars} on a {@code ScoreAxis}, and {@code PassageSections} with an {@code Excerpt} each;
 *       {@code EvaluationPage} has the {@code Chart}s, each on two {@code Axis} objects, and the table.
 *   <li>HTML: {@code Page} puts style and script into one file, {@code Html} escapes whatever is written, {@code Numbers}
 *       formats scores and {@code Ticks} finds the round numbers of an axis.
 * </ol>
 */
@NullMarked
package dev.langchain4j.rerank.report;

import org.jspecify.annotations.NullMarked;
