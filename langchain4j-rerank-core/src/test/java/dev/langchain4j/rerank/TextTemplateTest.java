package dev.langchain4j.rerank;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.data.document.Metadata;
import dev.langchain4j.data.segment.TextSegment;
import org.junit.jupiter.api.Test;

class TextTemplateTest {

    private final TextTemplate template = TextTemplate.of("{{title}} ({{ year }})\nby {{author}}\n{{text}}");

    @Test
    void puts_metadata_around_the_text() {
        TextSegment segment = TextSegment.from(
                "Can machines think?",
                Metadata.from("title", "Computing Machinery and Intelligence")
                        .put("year", 1950)
                        .put("author", "A. M. Turing"));

        assertThat(template.fill(segment))
                .isEqualTo(TextSegment.from(
                        "Computing Machinery and Intelligence (1950)\nby A. M. Turing\nCan machines think?",
                        segment.metadata()));
    }

    @Test
    void leaves_out_a_line_whose_metadata_is_all_missing() {
        TextSegment segment = TextSegment.from("Can machines think?", Metadata.from("year", "1950"));

        assertThat(template.fill(segment).text()).isEqualTo(" (1950)\nCan machines think?");
    }

    @Test
    void takes_texts_and_values_literally() {
        TextSegment segment = TextSegment.from("{{author}} costs $1 \\ day", Metadata.from("title", "{{text}}"));

        assertThat(template.fill(segment).text()).isEqualTo("{{text}} ()\n{{author}} costs $1 \\ day");
    }

    @Test
    void refuses_a_template_without_the_text() {
        assertThatThrownBy(() -> TextTemplate.of("{{title}}"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("textTemplate must contain {{text}}, got: {{title}}");
    }
}
