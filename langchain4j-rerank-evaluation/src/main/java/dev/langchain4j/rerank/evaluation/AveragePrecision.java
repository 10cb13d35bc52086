package dev.langchain4j.rerank.evaluation;

import java.util.List;
import java.util.Map;

record AveragePrecision() implements Measure {

    @Override
    public String name() {
        return "MAP";
    }

    @Override
    public double of(List<String> ranking, Map<String, Integer> judgements) {
        Gains gains = Gains.of(ranking, judgements);
        int found = 0;
        double sum = 0;
        for (int rank = 1; rank <= gains.length(); rank++) {
            if (gains.relevantAt(rank)) {
                found++;
                sum += (double) found / rank;
            }
        }
        return found == 0 ? 0 : sum / gains.relevant();
    }

    @Override
    public String toString() {
        return name();
    }
}
