/**
 * The cross-encoder ms-marco-MiniLM-L-12-v2 (int8) as a dependency.
 *
 * <p>{@link dev.langchain4j.rerank.local.msmarcominilml12v2q.MsMarcoMiniLmL12V2QuantizedScoringModel} is the only class.
 * Its weights, tokenizer and configuration are resources of this package; the build fetches them and checks their hashes.
 * Everything else is {@link dev.langchain4j.rerank.local.CrossEncoderScoringModel}.
 */
@NullMarked
package dev.langchain4j.rerank.local.msmarcominilml12v2q;

import org.jspecify.annotations.NullMarked;
