/** The chatbot in the browser, which shows what reranking moved and why: {@code ./demo web}. */
@NullMarked
package dev.langchain4j.rerank.examples.web;

import org.jspecify.annotations.NullMarked;
