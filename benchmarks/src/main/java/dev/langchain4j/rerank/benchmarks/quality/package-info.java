/** Quality against time: the same queries reranked in many ways, in turn, and a chart of the gain and cost of each. */
@NullMarked
package dev.langchain4j.rerank.benchmarks.quality;

import org.jspecify.annotations.NullMarked;
