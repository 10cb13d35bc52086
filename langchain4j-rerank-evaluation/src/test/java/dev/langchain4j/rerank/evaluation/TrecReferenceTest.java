package dev.langchain4j.rerank.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.langchain4j.rerank.testkit.ReferenceData;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Compares measures and readers with trec_eval; the reference values were written by tools/trec_reference.py. */
class TrecReferenceTest {

    private static final Qrels QRELS = Qrels.readTrec(TestFiles.resource("reference.qrels"));
    private static final Run RUN = Run.readTrec(TestFiles.resource("reference.run"));

    /** A line of the reference: trec_eval's value for a query, or the mean of all. */
    record Reference(String query, String trecName, double value) {

        static Stream<Reference> in(Path file) throws Exception {
            return Files.readAllLines(file).stream()
                    .map(line -> line.split("\t"))
                    .map(columns -> new Reference(columns[0], columns[1], Double.parseDouble(columns[2])));
        }

        Measure measure() {
            if (trecName.equals("recip_rank")) {
                return Measure.mrr();
            }
            if (trecName.equals("map")) {
                return Measure.map();
            }
            int underscore = trecName.lastIndexOf('_');
            int k = Integer.parseInt(trecName.substring(underscore + 1));
            return switch (trecName.substring(0, underscore)) {
                case "ndcg_cut" -> Measure.ndcg(k);
                case "recall" -> Measure.recall(k);
                case "P" -> Measure.precision(k);
                case "success" -> Measure.hit(k);
                default -> throw new AssertionError(trecName);
            };
        }
    }

    static Stream<Reference> references() throws Exception {
        return Reference.in(TestFiles.resource("reference.tsv"));
    }

    @ParameterizedTest
    @MethodSource("references")
    void equals_trec_eval_with_ties_missing_documents_none_relevant_and_grades(Reference reference) {
        // given
        Measure measure = reference.measure();

        // when
        double value = reference.query().equals("all")
                ? measure.mean(RUN, QRELS)
                : measure.perQuery(RUN, QRELS).get(reference.query());

        // then
        assertThat(value).isCloseTo(reference.value(), within(1e-12));
    }

    @Test
    void the_reference_covers_every_judged_query_with_every_measure() throws Exception {
        // given
        List<String> queries =
                Stream.concat(QRELS.queryIds().stream(), Stream.of("all")).toList();

        // when
        List<String> referenced = references().map(Reference::query).distinct().toList();

        // then
        assertThat(referenced).isEqualTo(queries);
        assertThat(references().count()).isEqualTo(queries.size() * 18L);
    }

    @Test
    void equals_trec_eval_on_cranfield() throws Exception {
        // given
        Path cranfield = ReferenceData.require("cranfield");
        Qrels qrels = BeirCollection.of(cranfield).qrels();
        Run bm25 = Run.readTrec(cranfield.resolve("bm25.run"));

        // when, then
        assertThat(Reference.in(TestFiles.resource("cranfield.tsv")))
                .hasSize(18)
                .allSatisfy(reference -> assertThat(reference.measure().mean(bm25, qrels))
                        .as(reference.trecName())
                        .isCloseTo(reference.value(), within(1e-12)));
    }
}
