package dev.langchain4j.rerank.api;

import dev.langchain4j.rerank.api.protocol.RerankProtocol.Scored;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts the scores of an answer in the order of the documents, and refuses an answer that has not one for each. */
final class ScoreSheet {

    private ScoreSheet() {}

    /**
     * One finite score a document.
     *
     * @param service for messages
     * @param scored the answer's scores, in any order
     * @param size how many documents were sent
     * @param first the place of the first of them in the whole list, for messages
     * @throws UnusableAnswerException that names the document at fault
     */
    static List<Double> inOrder(String service, List<Scored> scored, int size, int first) {
        @Nullable Double[] scores = new Double[size];
        String count = " (%d scores for %d documents)".formatted(scored.size(), size);
        for (Scored entry : scored) {
            int place = entry.index();
            if (place < 0 || place >= size) {
                throw new UnusableAnswerException("%s gave a score for place %d of a request with places 0 to %d%s"
                        .formatted(service, place, size - 1, count));
            }
            if (scores[place] != null) {
                throw new UnusableAnswerException(service + " gave two scores for document " + (first + place) + count);
            }
            if (!Double.isFinite(entry.score())) {
                throw new UnusableAnswerException(
                        service + " gave no finite number as score of document " + (first + place));
            }
            scores[place] = entry.score();
        }
        for (int place = 0; place < size; place++) {
            if (scores[place] == null) {
                throw new UnusableAnswerException(service + " gave no score for document " + (first + place) + count);
            }
        }
        return List.of(scores);
    }
}
