package dev.langchain4j.rerank.scoring;

import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.scoring.request.ScoringRequest;
import dev.langchain4j.rerank.testkit.FakeScoringModel;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Texts as the tests of this package write them. */
final class Texts {

    private Texts() {}

    static List<TextSegment> segments(String... texts) {
        return segments(Arrays.asList(texts));
    }

    static List<TextSegment> segments(List<String> texts) {
        return texts.stream().map(TextSegment::from).toList();
    }

    static ScoringRequest request(String query, String... texts) {
        return ScoringRequest.builder()
                .query(query)
                .documents(Arrays.asList(texts))
                .build();
    }

    /** {@code text 0}, {@code text 1}, and so on. */
    static List<String> numbered(int count) {
        return IntStream.range(0, count).mapToObj(i -> "text " + i).toList();
    }

    /** {@code w0 w1 w2 ...} */
    static String words(int from, int to) {
        return String.join(" ", IntStream.range(from, to).mapToObj(i -> "w" + i).toList());
    }

    /** What a {@link FakeScoringModel} scores. */
    static Double[] scores(String query, String... texts) {
        return Arrays.stream(texts)
                .map(text -> FakeScoringModel.scoreOf(text, query))
                .toArray(Double[]::new);
    }
}
