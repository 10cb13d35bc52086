/**
 * Scoring models that run in this JVM: cross-encoders, late-interaction models (ColBERT) and causal language models, on
 * ONNX Runtime or PyTorch.
 *
 * <p>How a model is built:
 *
 * <ol>
 *   <li>Options: {@code Builder} of a model over {@link dev.langchain4j.rerank.local.LocalModelBuilder}; {@code Device},
 *       {@link dev.langchain4j.rerank.local.Engine}, {@link dev.langchain4j.rerank.local.OnnxVariant},
 *       {@link dev.langchain4j.rerank.local.Activation}, {@link dev.langchain4j.rerank.local.RelevancePrompt}.
 *   <li>Files: those of a directory, the class path or the Hugging Face hub come from
 *       {@code dev.langchain4j.rerank.local.internal.hub}, which reports to a
 *       {@link dev.langchain4j.rerank.local.HubDownloadListener}.
 *   <li>Content of the files: {@code ModelConfig}, {@code ColbertConfig}, {@code Vocabulary}; {@code DenseLayer} and
 *       {@code Projection} from {@code Safetensors}; {@code OnnxGraph}, {@code OnnxWeights} and {@code TokenEmbeddings} from
 *       the ONNX file over {@code ProtobufReader}; numbers of half precision: {@code Float16}.
 *   <li>Tokenizer: {@code TextTokenizer} over DJL, behind {@code PostProcessorCheck}. On it {@code PairTokenizer} with its
 *       {@code PairTemplate} and {@code PromptTokenizer}, both a {@code PairEncoder}, and {@code ColbertTokenizer}; windows of
 *       long texts: {@code TokenWindows}.
 *   <li>Engine: {@code EngineLoading} loads an {@code InferenceBackend} meanwhile: {@code OnnxRuntimeBackend} or
 *       {@code PyTorchBackend}, several devices behind {@code MultiDeviceBackend}. {@code ModelOutput} names the output that
 *       is read.
 *   <li>Strategy: {@code PairScoringStrategy}, which {@code EarlyExitStrategy} may precede ({@code QuerySimilarity}), or
 *       {@code LateInteractionStrategy}; all are a {@code ScoringStrategy}.
 *   <li>Model: {@code LocalScoringService} over {@code FairWorkers}, behind
 *       {@link dev.langchain4j.rerank.local.LocalScoringModel}, the base of
 *       {@link dev.langchain4j.rerank.local.CrossEncoderScoringModel},
 *       {@link dev.langchain4j.rerank.local.ColbertScoringModel},
 *       {@link dev.langchain4j.rerank.local.GenerativeScoringModel} and, for models that are a dependency,
 *       {@link dev.langchain4j.rerank.local.PackagedScoringModel}.
 * </ol>
 *
 * <p>How a call is scored:
 *
 * <ol>
 *   <li>{@code LocalScoringService} checks the arguments and asks the strategy for a {@code ScoringPlan}, whose parts
 *       {@code BatchPlanner} makes of texts of similar length; of one text each where {@code BatchCheck} found at load
 *       that scores would depend on the others.
 *   <li>{@code QueuedCall} queues the parts with {@code FairWorkers}, which serve all calls in turn, and reports to a
 *       {@code CallListener}: {@code ScoreCollector}, or the sink of the user.
 *   <li>On a worker, texts become {@code TokenSequence}s, these a {@code PaddedBatch}, and the engine runs it:
 *       {@code HalvingBackend} where memory is short ({@code BatchTooLargeException}), {@code AnswerTokenBackend} for the
 *       logits of a causal language model's answers.
 *   <li>{@code Head} makes a score of the logits; each text has its {@code ScoredText}.
 * </ol>
 *
 * <p>Failures: {@link dev.langchain4j.rerank.InvalidOptionException} for options,
 * {@link dev.langchain4j.rerank.local.LocalModelException} for damaged files and refusing engines, {@code
 * ClosedModelException} inside the package for a closed model.
 */
@NullMarked
package dev.langchain4j.rerank.local;

import org.jspecify.annotations.NullMarked;
