/** The cross-encoder ms-marco-MiniLM-L-12-v2, int8, as a dependency. */
@NullMarked
package dev.langchain4j.rerank.local.msmarcominilml12v2q;

import org.jspecify.annotations.NullMarked;
