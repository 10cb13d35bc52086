package dev.langchain4j.rerank.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.output.Response;
import dev.langchain4j.model.scoring.ScoringModel;
import dev.langchain4j.rerank.ScaledScoringModel;
import dev.langchain4j.rerank.ScoreDetail;
import dev.langchain4j.rerank.ScoreDetails;
import dev.langchain4j.rerank.ScoreScale;
import dev.langchain4j.rerank.TextWindow;
import dev.langchain4j.rerank.local.msmarcominilml12v2q.MsMarcoMiniLmL12V2QuantizedScoringModel;
import dev.langchain4j.rerank.scoring.LongDocumentScoringModel;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Long documents with the real model in the model module. */
class LongDocumentsTest {

    private static final String QUERY = "What event in 1956 marked the official birth of artificial intelligence?";
    private static final String FILLER = "The harbour master counts the boats that come in before the tide turns. ";
    private static final String ANSWER =
            "The Dartmouth Conference in 1956 is considered the birthplace of artificial intelligence as a field.";

    private static MsMarcoMiniLmL12V2QuantizedScoringModel model;

    @BeforeAll
    static void load() {
        model = new MsMarcoMiniLmL12V2QuantizedScoringModel();
    }

    @AfterAll
    static void close() {
        model.close();
    }

    @Test
    void a_passage_of_twenty_windows_scores_what_its_last_one_scores_which_has_the_answer() {
        int window = 48;
        int overlap = 8;
        String passage = "boats ".repeat(700) + ANSWER;
        List<TextWindow> windows = model.windows(passage, window, overlap);
        while (windows.size() < 20 || !last(windows, passage).endsWith(ANSWER)) {
            passage = "boats " + passage;
            windows = model.windows(passage, window, overlap);
        }
        String answering = last(windows, passage);
        ScoringModel longDocuments = LongDocumentScoringModel.builder(model)
                .window(window)
                .overlap(overlap)
                .build();

        Response<List<Double>> response = longDocuments.scoreAll(List.of(TextSegment.from(passage)), QUERY);

        assertThat(windows).hasSize(20);
        double own = model.score(answering, QUERY).content();
        assertThat(response.content()).containsExactly(own);
        assertThat(own).as("the answer is recognised").isPositive();
        assertThat(ScoreDetails.of(response))
                .containsExactly(new ScoreDetail(true, ScoreDetail.SCORED, windows.get(19), false));
    }

    @Test
    void a_document_of_two_megabytes_takes_as_many_windows_as_its_budget() {
        AtomicInteger windows = new AtomicInteger();
        ScaledScoringModel counting = ScaledScoringModel.of(
                (segments, query) -> {
                    windows.addAndGet(segments.size());
                    return model.scoreAll(segments, query);
                },
                ScoreScale.LOGIT);
        ScoringModel longDocuments = LongDocumentScoringModel.builder(counting)
                .windower(model)
                .window(64)
                .overlap(8)
                .maxWindows(32)
                .build();
        String document = ANSWER + " " + FILLER.repeat(2 * 1024 * 1024 / FILLER.length());

        Response<List<Double>> response = longDocuments.scoreAll(List.of(TextSegment.from(document)), QUERY);

        assertThat(document.length()).isGreaterThan(2_000_000);
        assertThat(windows).hasValue(32);
        ScoreDetail detail = ScoreDetails.of(response).get(0);
        assertThat(detail.truncated()).isTrue();
        assertThat(detail.bestWindow().start())
                .as("the answer is in the first window")
                .isZero();
    }

    private static String last(List<TextWindow> windows, String text) {
        TextWindow last = windows.get(windows.size() - 1);
        return text.substring(last.start(), last.end());
    }
}
