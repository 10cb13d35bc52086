/**
 * Evaluation of rerankers: quality measures, judgement and run files, and the comparison of rerankers by quality and
 * latency.
 */
@NullMarked
package dev.langchain4j.rerank.evaluation;

import org.jspecify.annotations.NullMarked;
