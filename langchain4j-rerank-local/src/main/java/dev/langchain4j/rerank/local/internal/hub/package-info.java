/**
 * The files of a model, from a directory, the class path or the Hugging Face hub. In the order in which a model by name
 * passes through them:
 *
 * <ol>
 *   <li>Options: {@link dev.langchain4j.rerank.local.internal.hub.HubOptions} of a builder, {@code HubSettings} of this
 *       process's environment, {@code HubToken}, {@code HubModel} (name and revision).
 *   <li>Choice: {@code HubFileChoice} of the files that an engine needs, {@code CpuKind} for quantised ones.
 *   <li>Steps: {@code Hub} looks into the cache and asks the hub.
 *   <li>Protocol: {@code HubClient} ({@code HubListing}, {@code HubFile}, {@code HubChecksum}), {@code HubHttp} for one
 *       request ({@code BoundedBody}, {@code InMemorySink}), {@code HubRetry} for several; {@code HubStatusException},
 *       {@code HubProtocolException} and {@code HubExceptions} for failures.
 *   <li>Disk: {@code HubCache} laid out as Python's, {@code HubDownload} into a {@code HubBlob} under a {@code HubLock},
 *       {@code HubProgressLog}.
 *   <li>Result: {@code HubSnapshot}, the {@link dev.langchain4j.rerank.local.internal.hub.ModelFiles} of the model.
 * </ol>
 */
@NullMarked
@Internal
package dev.langchain4j.rerank.local.internal.hub;

import dev.langchain4j.Internal;
import org.jspecify.annotations.NullMarked;
