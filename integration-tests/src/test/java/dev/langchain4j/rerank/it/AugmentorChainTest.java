package dev.langchain4j.rerank.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.data.document.Metadata;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.decision.DecisionModel;
import dev.langchain4j.model.decision.request.DecisionRequest;
import dev.langchain4j.model.decision.response.DecisionResponse;
import dev.langchain4j.model.decision.response.YesNoAnswer;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.embedding.onnx.allminilml6v2q.AllMiniLmL6V2QuantizedEmbeddingModel;
import dev.langchain4j.model.scoring.DecisionScoringModel;
import dev.langchain4j.rag.DefaultRetrievalAugmentor;
import dev.langchain4j.rag.content.Content;
import dev.langchain4j.rag.content.ContentMetadata;
import dev.langchain4j.rag.content.aggregator.ContentAggregator;
import dev.langchain4j.rag.content.aggregator.ReRankingContentAggregator;
import dev.langchain4j.rag.content.retriever.ContentRetriever;
import dev.langchain4j.rag.content.retriever.EmbeddingStoreContentRetriever;
import dev.langchain4j.rerank.RerankingContentAggregator;
import dev.langchain4j.rerank.local.msmarcominilml12v2q.MsMarcoMiniLmL12V2QuantizedScoringModel;
import dev.langchain4j.rerank.testkit.MilvusServer;
import dev.langchain4j.service.AiServices;
import dev.langchain4j.service.Result;
import dev.langchain4j.store.embedding.milvus.MilvusEmbeddingStore;
import io.milvus.common.clientenum.ConsistencyLevelEnum;
import io.milvus.param.IndexType;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * This library's classes in place of LangChain4j's and next to them, in a complete chain: AiServices, augmentor,
 * retriever, real Milvus.
 */
class AugmentorChainTest {

    private static final String QUESTION = "How do I keep bread from going stale?";
    private static final String ANSWER =
            "To keep bread fresh, freeze the loaf on the day it was baked and thaw slices as you need them.";
    private static final List<String> PASSAGES = List.of(
            "Boussingault described in 1852 how bread goes stale.",
            "Stale bread makes good dumplings.",
            ANSWER,
            "A stop sign in the colour of bread was tried in the county for a year.",
            "A baker's dozen is thirteen.");

    private static MilvusServer milvus;
    private static MilvusEmbeddingStore store;
    private static EmbeddingModel embeddingModel;
    private static MsMarcoMiniLmL12V2QuantizedScoringModel crossEncoder;

    interface Assistant {
        Result<String> answer(String question);
    }

    @BeforeAll
    static void ingest() {
        milvus = MilvusServer.start(line -> {});
        embeddingModel = new AllMiniLmL6V2QuantizedEmbeddingModel();
        crossEncoder = new MsMarcoMiniLmL12V2QuantizedScoringModel();
        store = MilvusEmbeddingStore.builder()
                .uri(milvus.uri())
                .collectionName("augmentor_chain")
                .dimension(embeddingModel.dimension())
                .indexType(IndexType.FLAT)
                .consistencyLevel(ConsistencyLevelEnum.STRONG)
                .build();
        List<TextSegment> segments = PASSAGES.stream()
                .map(text -> TextSegment.from(text, Metadata.from(Map.of("length", text.length()))))
                .toList();
        store.addAll(embeddingModel.embedAll(segments).content(), segments);
    }

    @AfterAll
    static void close() {
        store.dropCollection("augmentor_chain");
        crossEncoder.close();
        milvus.close();
    }

    @Test
    void our_aggregator_reranks_with_our_model() {
        // when
        List<Content> sources =
                sources(RerankingContentAggregator.builder(crossEncoder).topK(2).build());
        // then
        assertThat(sources).hasSize(2);
        assertThat(sources.get(0).textSegment().text()).isEqualTo(ANSWER);
        assertThat(sources.get(0).textSegment().metadata().getInteger("length")).isEqualTo(ANSWER.length());
        assertThat(sources.get(0).metadata())
                .containsOnlyKeys(ContentMetadata.SCORE, ContentMetadata.EMBEDDING_ID, ContentMetadata.RERANKED_SCORE);
    }

    @Test
    void upstreams_aggregator_reranks_with_our_model() {
        // when
        List<Content> sources = sources(ReRankingContentAggregator.builder()
                .scoringModel(crossEncoder)
                .maxResults(2)
                .build());
        // then
        assertThat(sources).hasSize(2);
        assertThat(sources.get(0).textSegment().text()).isEqualTo(ANSWER);
        assertThat(sources.get(0).metadata()).containsKey(ContentMetadata.RERANKED_SCORE);
    }

    @Test
    void our_aggregator_reranks_with_a_model_of_upstream() {
        // given
        DecisionScoringModel upstream = new DecisionScoringModel(new AnswersYesToFreezing());
        // when
        List<Content> sources = sources(
                RerankingContentAggregator.builder(upstream).minScore(0.5).build());
        // then
        assertThat(sources).hasSize(1);
        assertThat(sources.get(0).textSegment().text()).isEqualTo(ANSWER);
        assertThat(sources.get(0).metadata()).containsEntry(ContentMetadata.RERANKED_SCORE, 0.9);
    }

    private static List<Content> sources(ContentAggregator aggregator) {
        ContentRetriever retriever = EmbeddingStoreContentRetriever.builder()
                .embeddingStore(store)
                .embeddingModel(embeddingModel)
                .maxResults(PASSAGES.size())
                .build();
        Assistant assistant = AiServices.builder(Assistant.class)
                .chatModel(new Echo())
                .retrievalAugmentor(DefaultRetrievalAugmentor.builder()
                        .contentRetriever(retriever)
                        .contentAggregator(aggregator)
                        .build())
                .build();
        Result<String> result = assistant.answer(QUESTION);
        assertThat(result.content()).startsWith(QUESTION).contains(ANSWER);
        return result.sources();
    }

    /** Repeats its prompt. */
    private static final class Echo implements ChatModel {

        @Override
        public ChatResponse doChat(ChatRequest request) {
            UserMessage message = (UserMessage) request.messages().get(0);
            return ChatResponse.builder()
                    .aiMessage(AiMessage.from(message.singleText()))
                    .build();
        }
    }

    /** A decision model that finds every text relevant that recommends freezing the loaf. */
    private static final class AnswersYesToFreezing implements DecisionModel {

        @Override
        public DecisionResponse doDecide(DecisionRequest request) {
            return DecisionResponse.builder()
                    .answers(request.questions().entrySet().stream()
                            .collect(Collectors.toMap(
                                    Map.Entry::getKey,
                                    question -> YesNoAnswer.from(
                                            question.getValue().text().contains("freeze the loaf") ? 0.9 : 0.1))))
                    .build();
        }
    }
}
