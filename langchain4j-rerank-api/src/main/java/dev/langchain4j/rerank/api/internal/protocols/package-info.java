/**
 * The built-in providers; they can change in any release. {@link dev.langchain4j.rerank.api.internal.protocols.Protocols}
 * has one factory for each, and {@link dev.langchain4j.rerank.api.ApiScoringModel} is its only caller.
 *
 * <ul>
 *   <li>Services with an API key: {@code AzureCohereProtocol}, {@code CohereProtocol}, {@code CohereV1Protocol},
 *       {@code ContextualProtocol}, {@code DashScopeProtocol} (which selects {@code DashScopeNativeProtocol} by model),
 *       {@code IsaacusProtocol}, {@code JinaProtocol}, {@code MixedbreadProtocol}, {@code NvidiaNimProtocol},
 *       {@code OpenRouterProtocol}, {@code PineconeProtocol}, {@code SiliconFlowProtocol}, {@code TogetherProtocol},
 *       {@code VoyageProtocol}, {@code ZeroEntropyProtocol}.
 *   <li>Services with signatures or tokens, for which the engine has a signer: {@code BedrockProtocol},
 *       {@code VertexProtocol}, {@code WatsonxProtocol}.
 *   <li>Servers of your own: {@code DjlServingProtocol}, {@code ElasticProtocol}, {@code InfinityProtocol},
 *       {@code LlamaCppProtocol}, {@code TeiProtocol}, {@code VllmProtocol}, {@code XinferenceProtocol}.
 *   <li>{@code UrlPart}: check of names that become part of a URL.
 * </ul>
 */
@NullMarked
@Internal
package dev.langchain4j.rerank.api.internal.protocols;

import dev.langchain4j.Internal;
import org.jspecify.annotations.NullMarked;
