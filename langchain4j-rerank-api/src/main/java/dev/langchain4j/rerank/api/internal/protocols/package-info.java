/** The built-in providers, behind {@link dev.langchain4j.rerank.api.internal.protocols.Protocols}; it can change in any release. */
@NullMarked
@Internal
package dev.langchain4j.rerank.api.internal.protocols;

import dev.langchain4j.Internal;
import org.jspecify.annotations.NullMarked;
