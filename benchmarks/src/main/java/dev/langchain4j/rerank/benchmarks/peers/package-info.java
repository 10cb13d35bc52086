/**
 * This library and others side by side: each contender is a process of its own that scores on request; a driver sends
 * requests to them in turn and writes the results.
 */
@NullMarked
package dev.langchain4j.rerank.benchmarks.peers;

import org.jspecify.annotations.NullMarked;
