/** HTML pages for people: the rank changes of a ranking with their reasons, and the quality and cost of rerankers. */
@NullMarked
package dev.langchain4j.rerank.report;

import org.jspecify.annotations.NullMarked;
