/** Listeners that feed metrics and traces; each needs a dependency that is optional otherwise. */
@NullMarked
package dev.langchain4j.rerank.observability;

import org.jspecify.annotations.NullMarked;
