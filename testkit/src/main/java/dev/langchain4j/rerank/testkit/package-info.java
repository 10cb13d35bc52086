/** Contracts for scoring models, and servers that tests and examples share. */
@NullMarked
package dev.langchain4j.rerank.testkit;

import org.jspecify.annotations.NullMarked;
