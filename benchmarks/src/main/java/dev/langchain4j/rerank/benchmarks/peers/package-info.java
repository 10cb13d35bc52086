/**
 * This library and others side by side: each contender a process of its own that scores on request, a driver that asks
 * them in turn, and what the driver writes.
 */
@NullMarked
package dev.langchain4j.rerank.benchmarks.peers;

import org.jspecify.annotations.NullMarked;
