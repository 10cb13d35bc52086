/** The ms-marco MiniLM L12 v2 cross-encoder, int8, as a dependency. */
@NullMarked
package dev.langchain4j.rerank.local.msmarcominilml12v2q;

import org.jspecify.annotations.NullMarked;
