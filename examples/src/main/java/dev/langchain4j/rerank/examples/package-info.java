/** Programs that demonstrate the library. */
@NullMarked
package dev.langchain4j.rerank.examples;

import org.jspecify.annotations.NullMarked;
