/** Pages to look at: what moved in a ranking and why, and what rerankers gain and cost. */
@NullMarked
package dev.langchain4j.rerank.report;

import org.jspecify.annotations.NullMarked;
