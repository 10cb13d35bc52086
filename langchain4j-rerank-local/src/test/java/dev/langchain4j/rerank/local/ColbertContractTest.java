package dev.langchain4j.rerank.local;

import dev.langchain4j.model.scoring.ScoringModel;
import dev.langchain4j.rerank.local.internal.hub.ModelFiles;
import dev.langchain4j.rerank.testkit.ScoringModelContract;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The contract of every scoring model, kept by late interaction bit for bit. */
class ColbertContractTest extends ScoringModelContract {

    private static final ModelFiles FILES = ModelFiles.in(TestModels.directory("colbert"));

    @Override
    protected ScoringModel model() {
        return ColbertScoringModel.builder()
                .modelPath(TestModels.directory("colbert"))
                .documentCache(3)
                .build();
    }

    /** Vectors have the length 1, so only one that is no vector makes what is no score. */
    @Override
    protected Hook<ScoringModel> modelAnswering(List<@Nullable Double> scores) {
        if (scores.size() != texts().size() || scores.stream().anyMatch(Objects::isNull)) {
            return Hook.notApplicable("an engine returns one row per text, of numbers");
        }
        Map<Integer, Float> byTokens = new HashMap<>();
        try (ColbertTokenizer tokenizer = ColbertTokenizer.load(FILES, ColbertConfig.load(FILES))) {
            for (int place = 0; place < scores.size(); place++) {
                byTokens.put(
                        Arrays.hashCode(tokenizer.document(texts().get(place)).tokenIds()),
                        scores.get(place).floatValue());
            }
        }
        FakeBackend backend = FakeBackend.onePairARun().answering(text -> {
            float[] numbers = new float[text.length() * 8];
            Arrays.fill(numbers, byTokens.getOrDefault(Arrays.hashCode(text.tokenIds()), 1f));
            return numbers;
        });
        return Hook.of(ColbertScoringModel.builder().build(FILES, () -> backend));
    }

    @Override
    protected Hook<Integer> calls() {
        return Hook.notApplicable("the runs of the engine are not counted here");
    }

    @Override
    protected Hook<HeldModel> heldModel() {
        return Hook.notApplicable("the engine answers without waiting");
    }

    @Override
    protected Hook<Boolean> ownedIsReleased() {
        return Hook.notApplicable("the memory of the engine cannot be seen here");
    }

    @Override
    protected Hook<Boolean> borrowedIsOpen() {
        return Hook.notApplicable("the model is lent nothing");
    }
}
