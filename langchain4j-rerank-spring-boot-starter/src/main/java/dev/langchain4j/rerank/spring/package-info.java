/** Spring Boot auto-configuration of models, aggregator, augmentor, metrics, traces and health. */
@NullMarked
package dev.langchain4j.rerank.spring;

import org.jspecify.annotations.NullMarked;
