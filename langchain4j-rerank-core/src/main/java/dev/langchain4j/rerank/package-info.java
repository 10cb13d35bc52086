/** The rerank step of a retrieval pipeline: candidates in, the best first out. */
@NullMarked
package dev.langchain4j.rerank;

import org.jspecify.annotations.NullMarked;
