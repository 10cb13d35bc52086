/**
 * What a rerank provider is described with. Implement {@link dev.langchain4j.rerank.api.protocol.RerankProtocol} for a
 * service that is not built in; the other types are its arguments and results.
 */
@NullMarked
package dev.langchain4j.rerank.api.protocol;

import org.jspecify.annotations.NullMarked;
