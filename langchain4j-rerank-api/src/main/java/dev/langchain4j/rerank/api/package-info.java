/**
 * Scoring models of HTTP services: one engine for all providers. Its stages, in the order in which a call passes through
 * them:
 *
 * <ol>
 *   <li>Building: {@link dev.langchain4j.rerank.api.ApiScoringModel.Builder} combines a
 *       {@link dev.langchain4j.rerank.api.protocol.RerankProtocol} and the options into an {@code Endpoint} (URL by
 *       {@code UrlJoiner}, headers by {@code RequestHeaders}, {@code RequestSigner}) and {@code ModelResources} (HTTP
 *       client and timer).
 *   <li>Entry: {@link dev.langchain4j.rerank.api.ApiScoringModel} checks the arguments of a call ({@code SentTexts},
 *       {@link dev.langchain4j.rerank.api.BlankDocuments}) and builds the response; {@code CallGuard} keeps the running
 *       calls for {@code close()}.
 *   <li>Splitting: {@code RequestExecutor} executes a call. {@code RequestPlan} splits its texts by the
 *       {@link dev.langchain4j.rerank.api.protocol.Limits} of a request, {@code RequestWindow} sends a few requests at a
 *       time and adds up their usage.
 *   <li>Sending: {@code RequestAttempts} makes the attempts of one request: {@code RateLimit}, {@code RequestSigner}
 *       ({@code AwsSigner}, {@code GoogleSigner}, {@code IamSigner}), {@code Transport} over OkHttp. {@code RequestWriter}
 *       writes the body once, {@code RequestLog} logs without secrets.
 *   <li>Reading: {@code AnswerReader} turns a reply into one score per document or an error, {@code ErrorRedactor}
 *       withholds errors that repeat a text; the result is an {@code AttemptOutcome}.
 *   <li>Repeating: {@code RetryRules} decides from the outcome and its {@code RetryHints} whether and when the request is
 *       sent again; {@code Clocks} is replaced in tests. {@code ExceptionMapper} maps a final outcome to LangChain4j's
 *       exceptions, beside {@link dev.langchain4j.rerank.api.UnusableAnswerException}.
 * </ol>
 *
 * <p>Providers are described with {@link dev.langchain4j.rerank.api.protocol}; the built-in ones are in
 * {@code dev.langchain4j.rerank.api.internal.protocols}.
 */
@NullMarked
package dev.langchain4j.rerank.api;

import org.jspecify.annotations.NullMarked;
