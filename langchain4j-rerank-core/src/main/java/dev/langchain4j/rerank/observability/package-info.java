/**
 * Listeners that record rerankings: {@link dev.langchain4j.rerank.observability.MicrometerRerankListener} for metrics,
 * {@link dev.langchain4j.rerank.observability.OpenTelemetryRerankListener} for traces and metrics. Each needs a dependency
 * that is optional otherwise.
 */
@NullMarked
package dev.langchain4j.rerank.observability;

import org.jspecify.annotations.NullMarked;
