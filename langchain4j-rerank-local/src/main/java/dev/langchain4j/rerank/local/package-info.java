/** Scoring models that run in the JVM. */
@NullMarked
package dev.langchain4j.rerank.local;

import org.jspecify.annotations.NullMarked;
