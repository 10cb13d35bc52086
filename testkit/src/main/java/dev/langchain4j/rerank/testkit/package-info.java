/** The contract tests of scoring models, and the servers, data and checks that tests and examples share. */
@NullMarked
package dev.langchain4j.rerank.testkit;

import org.jspecify.annotations.NullMarked;
