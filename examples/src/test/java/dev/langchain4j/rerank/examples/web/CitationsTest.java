package dev.langchain4j.rerank.examples.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.rerank.examples.web.Citations.Part;
import org.junit.jupiter.api.Test;

class CitationsTest {

    @Test
    void a_number_is_a_citation_only_if_there_is_such_a_passage() {
        // when
        Citations citations = Citations.in("Yes [2], no [3], [0] and a[12345], again [2].", 2);
        // then
        assertThat(citations.parts())
                .containsExactly(
                        new Part("Yes ", null),
                        new Part("[2]", 2),
                        new Part(", no [3], [0] and a[12345], again ", null),
                        new Part("[2]", 2),
                        new Part(".", null));
        assertThat(citations.cited()).containsExactly(2);
        assertThat(citations.unknown()).isEqualTo(2);
    }

    @Test
    void an_answer_without_citations_is_one_part() {
        assertThat(Citations.in("No idea.", 5).parts()).containsExactly(new Part("No idea.", null));
        assertThat(Citations.in("", 5).parts()).isEmpty();
    }
}
