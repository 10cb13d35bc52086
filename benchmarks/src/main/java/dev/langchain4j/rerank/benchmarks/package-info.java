/** Measurements of overhead, start-up time, memory and behaviour under load. */
@NullMarked
package dev.langchain4j.rerank.benchmarks;

import org.jspecify.annotations.NullMarked;
