package dev.langchain4j.rerank.evaluation;

import java.util.List;
import java.util.Map;

record Recall(int k) implements Measure {

    @Override
    public String name() {
        return "recall@" + k;
    }

    @Override
    public double of(List<String> ranking, Map<String, Integer> judgements) {
        Gains gains = Gains.of(ranking, judgements);
        return gains.relevant() == 0 ? 0 : (double) gains.found(k) / gains.relevant();
    }

    @Override
    public String toString() {
        return name();
    }
}
