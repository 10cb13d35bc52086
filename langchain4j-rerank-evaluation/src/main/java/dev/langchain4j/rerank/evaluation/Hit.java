package dev.langchain4j.rerank.evaluation;

import java.util.List;
import java.util.Map;

record Hit(int k) implements Measure {

    @Override
    public String name() {
        return "hit@" + k;
    }

    @Override
    public double of(List<String> ranking, Map<String, Integer> judgements) {
        return Gains.of(ranking, judgements).found(k) > 0 ? 1 : 0;
    }

    @Override
    public String toString() {
        return name();
    }
}
