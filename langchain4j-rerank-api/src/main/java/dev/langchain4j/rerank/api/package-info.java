/** Scoring models behind HTTP: one engine, one protocol a provider. */
@NullMarked
package dev.langchain4j.rerank.api;

import org.jspecify.annotations.NullMarked;
