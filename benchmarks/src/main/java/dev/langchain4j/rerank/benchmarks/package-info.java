/** Measurements. */
@NullMarked
package dev.langchain4j.rerank.benchmarks;

import org.jspecify.annotations.NullMarked;
