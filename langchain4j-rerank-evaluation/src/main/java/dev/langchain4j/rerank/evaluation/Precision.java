package dev.langchain4j.rerank.evaluation;

import java.util.List;
import java.util.Map;

record Precision(int k) implements Measure {

    @Override
    public String name() {
        return "P@" + k;
    }

    @Override
    public double of(List<String> ranking, Map<String, Integer> judgements) {
        return (double) Gains.of(ranking, judgements).found(k) / k;
    }

    @Override
    public String toString() {
        return name();
    }
}
