package dev.langchain4j.rerank.evaluation;

import java.util.List;
import java.util.Map;

record ReciprocalRank() implements Measure {

    @Override
    public String name() {
        return "MRR";
    }

    @Override
    public double of(List<String> ranking, Map<String, Integer> judgements) {
        Gains gains = Gains.of(ranking, judgements);
        for (int rank = 1; rank <= gains.length(); rank++) {
            if (gains.relevantAt(rank)) {
                return 1.0 / rank;
            }
        }
        return 0;
    }

    @Override
    public String toString() {
        return name();
    }
}
