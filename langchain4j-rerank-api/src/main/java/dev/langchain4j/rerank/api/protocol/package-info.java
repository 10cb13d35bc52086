/**
 * The description of a rerank provider, for services that are not built in. Implement
 * {@link dev.langchain4j.rerank.api.protocol.RerankProtocol} and pass it to
 * {@link dev.langchain4j.rerank.api.ApiScoringModel#builder}. Its methods are called in this order:
 *
 * <ol>
 *   <li>Building: default URL and model, {@link dev.langchain4j.rerank.api.protocol.ApiKeyScheme} (header and environment
 *       variables of the key), {@link dev.langchain4j.rerank.api.protocol.Limits} of one request, the scale of the scores.
 *   <li>Writing: the body of a {@link dev.langchain4j.rerank.api.protocol.RerankProtocol.Request}.
 *   <li>Reading: the {@link dev.langchain4j.rerank.api.protocol.RerankProtocol.Scored} documents of an answer and its
 *       {@link dev.langchain4j.rerank.api.protocol.Usage}.
 *   <li>Failing: the {@link dev.langchain4j.rerank.api.protocol.ErrorDetails} of an error body and the
 *       {@link dev.langchain4j.rerank.api.protocol.ErrorKind}, which decides the exception and the retries.
 * </ol>
 *
 * <p>A protocol sees texts and JSON, never HTTP; the package depends on nothing of the engine.
 */
@NullMarked
package dev.langchain4j.rerank.api.protocol;

import org.jspecify.annotations.NullMarked;
