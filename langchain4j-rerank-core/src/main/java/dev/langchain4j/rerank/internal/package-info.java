/**
 * Types that the modules of this project share and nobody else may use: they can change in any release.
 *
 * <ul>
 *   <li>{@link dev.langchain4j.rerank.internal.Arguments}: checks of options and call arguments.
 *   <li>{@link dev.langchain4j.rerank.internal.ModelResponse}: the checked response of a scoring model.
 *   <li>{@link dev.langchain4j.rerank.internal.Futures}: waiting, unwrapping and cancelling.
 *   <li>{@link dev.langchain4j.rerank.internal.DeclaredScaleModel} and
 *       {@link dev.langchain4j.rerank.internal.ProgressiveAdapter}: adapters of scoring models.
 * </ul>
 *
 * <p>The module of each user (core, evaluation, local, api) is checked by an ArchUnit rule.
 */
@NullMarked
@Internal
package dev.langchain4j.rerank.internal;

import dev.langchain4j.Internal;
import org.jspecify.annotations.NullMarked;
