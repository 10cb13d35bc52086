/** Programs that show the library at work. */
@NullMarked
package dev.langchain4j.rerank.examples;

import org.jspecify.annotations.NullMarked;
