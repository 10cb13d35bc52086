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

/** The contract of every scoring model, kept by a causal language model in batches. */
class GenerativeContractTest extends ScoringModelContract {

    private static final ModelFiles FILES = ModelFiles.in(TestModels.directory("bge-gemma"));
    private static final int VOCABULARY = 480; // in make_generative.py too

    @Override
    protected ScoringModel model() {
        return builder().build();
    }

    /** Float batches round otherwise than single pairs. */
    @Override
    protected double tolerance() {
        return 1e-5;
    }

    /** A wrong number of logits cannot come from an engine: it answers as many rows as it is given. */
    @Override
    protected Hook<ScoringModel> modelAnswering(List<@Nullable Double> scores) {
        if (scores.size() != texts().size() || scores.stream().anyMatch(Objects::isNull)) {
            return Hook.notApplicable("an engine returns one row per text, of numbers");
        }
        Map<Integer, Float> byTokens = new HashMap<>();
        try (PromptTokenizer tokenizer = PromptTokenizer.load(FILES, RelevancePrompt.BGE_GEMMA, "judge", 180, 90)) {
            for (int place = 0; place < scores.size(); place++) {
                TokenSequence prompt = tokenizer.query(query()).with(texts().get(place));
                byTokens.put(
                        Arrays.hashCode(prompt.tokenIds()), scores.get(place).floatValue());
            }
        }
        FakeBackend backend = FakeBackend.onePairARun().answering(prompt -> {
            float[] logits = new float[VOCABULARY];
            Arrays.fill(logits, byTokens.getOrDefault(Arrays.hashCode(prompt.tokenIds()), 0f));
            return logits;
        });
        return Hook.of(builder().build(FILES, () -> backend));
    }

    private static GenerativeScoringModel.Builder builder() {
        return GenerativeScoringModel.bgeGemma().instruction("judge").modelPath(TestModels.directory("bge-gemma"));
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
