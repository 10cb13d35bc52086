package dev.langchain4j.rerank.evaluation;

import java.util.List;
import java.util.Map;

record Ndcg(int k) implements Measure {

    @Override
    public String name() {
        return "nDCG@" + k;
    }

    @Override
    public double of(List<String> ranking, Map<String, Integer> judgements) {
        Gains gains = Gains.of(ranking, judgements);
        return gains.relevant() == 0 ? 0 : gains.dcg(k) / gains.idealDcg(k);
    }

    @Override
    public String toString() {
        return name();
    }
}
