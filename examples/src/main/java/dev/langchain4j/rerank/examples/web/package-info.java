/** The chatbot in the browser, which shows each move of a passage and its reason: {@code ./demo web}. */
@NullMarked
package dev.langchain4j.rerank.examples.web;

import org.jspecify.annotations.NullMarked;
