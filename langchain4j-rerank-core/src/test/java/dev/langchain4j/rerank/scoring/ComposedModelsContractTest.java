package dev.langchain4j.rerank.scoring;

import dev.langchain4j.model.scoring.ScoringModel;
import dev.langchain4j.rerank.ScaledScoringModel;
import dev.langchain4j.rerank.ScoreNormalizer;
import dev.langchain4j.rerank.ScoreScale;
import dev.langchain4j.rerank.testkit.ScoringModelContract;
import java.util.List;
import org.junit.jupiter.api.Nested;

/** Every composed model keeps the contract, alone and in others. */
class ComposedModelsContractTest {

    @Nested
    class Cache extends ComposedModelContract {
        @Override
        ScoringModel around(ScaledScoringModel inner) {
            return cache(inner);
        }
    }

    @Nested
    class Fallback extends ComposedModelContract {
        @Override
        ScoringModel around(ScaledScoringModel inner) {
            return fallback(inner, inner);
        }
    }

    @Nested
    class FallbackWithNormalizer extends ComposedModelContract {
        @Override
        ScoringModel around(ScaledScoringModel inner) {
            return FallbackScoringModel.builder("first", inner)
                    .orElse("second", inner)
                    .normalizer(ScoreNormalizer.sigmoid(), ScoreScale.PROBABILITY)
                    .build();
        }
    }

    @Nested
    class Cascade extends ListwiseContract {
        @Override
        ScoringModel around(ScaledScoringModel inner) {
            return CascadeScoringModel.builder(inner, inner).keep(2).build();
        }
    }

    @Nested
    class LongDocuments extends ComposedModelContract {
        @Override
        ScoringModel around(ScaledScoringModel inner) {
            return longDocuments(inner);
        }
    }

    /** The windows are as small as they can be, so that every text has several. */
    @Nested
    class LongDocumentsOfManyWindows extends ComposedModelContract {
        @Override
        ScoringModel around(ScaledScoringModel inner) {
            return LongDocumentScoringModel.builder(inner)
                    .tokenCountEstimator(new WordCount())
                    .window(2)
                    .overlap(1)
                    .meanOfTop(3)
                    .build();
        }

        @Override
        protected Hook<ScoringModel> modelAnswering(List<Double> scores) {
            return Hook.notApplicable("the inner model scores windows: there are more of them than texts");
        }
    }

    @Nested
    class Weighted extends ComposedModelContract {
        @Override
        ScoringModel around(ScaledScoringModel inner) {
            return weighted(inner, inner);
        }
    }

    @Nested
    class Chat extends ScoringModelContract {

        private final FakeChatModel chat = new FakeChatModel(passages -> "[2] > [1]");

        @Override
        protected ScoringModel model() {
            return ListwiseChatScoringModel.builder(chat).windowSize(3).step(1).build();
        }

        @Override
        protected boolean listwise() {
            return true;
        }

        @Override
        protected Hook<Integer> calls() {
            return Hook.of(chat.requests().size());
        }

        @Override
        protected Hook<ScoringModel> modelAnswering(List<Double> scores) {
            return Hook.notApplicable("a chat model replies with an order, not with scores");
        }

        @Override
        protected Hook<HeldModel> heldModel() {
            chat.hold();
            return Hook.of(new HeldModel(model(), chat.reached(), chat.stopped()));
        }

        @Override
        protected Hook<Boolean> ownedIsReleased() {
            return Hook.notApplicable("the reranker owns nothing");
        }

        @Override
        protected Hook<Boolean> borrowedIsOpen() {
            return Hook.notApplicable("a chat model cannot be closed");
        }
    }

    @Nested
    class CacheOfFallback extends ComposedModelContract {
        @Override
        ScoringModel around(ScaledScoringModel inner) {
            return cache(fallback(inner, inner));
        }
    }

    @Nested
    class FallbackOfCaches extends ComposedModelContract {
        @Override
        ScoringModel around(ScaledScoringModel inner) {
            return fallback(cache(inner), cache(inner));
        }
    }

    @Nested
    class LongDocumentsOfCache extends ComposedModelContract {
        @Override
        ScoringModel around(ScaledScoringModel inner) {
            return longDocuments(cache(inner));
        }
    }

    @Nested
    class CacheOfLongDocuments extends ComposedModelContract {
        @Override
        ScoringModel around(ScaledScoringModel inner) {
            return cache(longDocuments(inner));
        }
    }

    @Nested
    class CacheOfCache extends ComposedModelContract {
        @Override
        ScoringModel around(ScaledScoringModel inner) {
            return cache(cache(inner));
        }
    }

    @Nested
    class FallbackOfLongDocumentsAndWeighted extends ComposedModelContract {
        @Override
        ScoringModel around(ScaledScoringModel inner) {
            return fallback(longDocuments(inner), weighted(inner, cache(inner)));
        }
    }

    @Nested
    class CascadeOfCacheAndLongDocuments extends ListwiseContract {
        @Override
        ScoringModel around(ScaledScoringModel inner) {
            return CascadeScoringModel.builder(cache(inner), longDocuments(inner))
                    .keep(3)
                    .build();
        }
    }

    @Nested
    class FallbackOfCascades extends ListwiseContract {
        @Override
        ScoringModel around(ScaledScoringModel inner) {
            CascadeScoringModel cascade =
                    CascadeScoringModel.builder(inner, cache(inner)).keep(2).build();
            return fallback(cascade, cascade);
        }
    }

    abstract static class ListwiseContract extends ComposedModelContract {

        @Override
        protected boolean listwise() {
            return true;
        }
    }

    private static CachingScoringModel cache(ScoringModel inner) {
        return CachingScoringModel.builder(inner).build();
    }

    private static FallbackScoringModel fallback(ScoringModel first, ScoringModel second) {
        return FallbackScoringModel.builder("first", first)
                .orElse("second", second)
                .build();
    }

    private static LongDocumentScoringModel longDocuments(ScoringModel inner) {
        return LongDocumentScoringModel.builder(inner)
                .tokenCountEstimator(new WordCount())
                .build();
    }

    private static WeightedScoringModel weighted(ScoringModel first, ScoringModel second) {
        return WeightedScoringModel.builder(first, 1).and(second, 1).build();
    }
}
