package dev.langchain4j.rerank.local.internal.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HubModelTest {

    private static final URI ENDPOINT = URI.create("https://hub.example");

    @ParameterizedTest
    @ValueSource(strings = {"cross-encoder/ms-marco-MiniLM-L-6-v2", "gpt2", "a/b", "Foo-BAR_foo.bar123", "_x/_y"})
    void takes_the_ids_of_the_hub(String id) {
        assertThat(HubModel.checkId(id)).isEqualTo(id);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "/",
                "a/",
                "/a",
                "a/b/c",
                "..",
                "../x",
                "a/..",
                "x/../y",
                "a\\b",
                "/etc/passwd",
                "C:\\x",
                "a--b/c",
                "a/b..c",
                ".a/b",
                "a/b.",
                "-a/b",
                "a/b.git",
                "a b/c",
                "a/b?x=1",
                "a/b#c",
                "a/b%2e",
                "a/b\n",
                "a/caf\u00e9"
            })
    void refuses_what_is_no_id(String id) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HubModel.checkId(id))
                .withMessage("modelName must be \"organisation/name\" as on the hub: letters, digits, single '.', '_'"
                        + " and '-' in each part, not ending in .git; got \"" + id + "\"");
    }

    @Test
    void refuses_a_part_of_more_than_96_characters() {
        assertThat(HubModel.checkId("a".repeat(96))).hasSize(96);
        assertThatIllegalArgumentException().isThrownBy(() -> HubModel.checkId("a".repeat(97)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"main", "v1.0", "refs/pr/3", "feature/x_y-z", "0123456789abcdef0123456789abcdef01234567"})
    void takes_branches_tags_and_commits(String revision) {
        assertThat(HubModel.checkRevision(revision)).isEqualTo(revision);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", "..", "../main", "a/../b", "/main", "main/", "a//b", ".hidden", "a\\b", "a?b", "a b"})
    void refuses_what_is_no_revision(String revision) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HubModel.checkRevision(revision))
                .withMessage("revision must be a branch, a tag or a commit of the model's repository, got \"" + revision
                        + "\"");
    }

    @ParameterizedTest
    @CsvSource({
        "0123456789abcdef0123456789abcdef01234567, true",
        "0123456789ABCDEF0123456789ABCDEF01234567, false",
        "0123456, false",
        "main, false"
    })
    void is_pinned_by_a_whole_commit(String revision, boolean pinned) {
        assertThat(new HubModel("a/b", revision).pinned()).isEqualTo(pinned);
    }

    @Test
    void names_its_folder_as_huggingface_hub_does() {
        assertThat(new HubModel("acme/tiny", "main").folder()).isEqualTo("models--acme--tiny");
        assertThat(new HubModel("gpt2", "main").folder()).isEqualTo("models--gpt2");
    }

    @Test
    void encodes_what_goes_into_addresses() {
        // given
        HubModel model = new HubModel("acme/tiny", "refs/pr/1");

        // when, then
        assertThat(model.listing(ENDPOINT))
                .hasToString("https://hub.example/api/models/acme/tiny/revision/refs%2Fpr%2F1");
        assertThat(model.file(ENDPOINT, "c0ffee", "onnx/a b+c?.onnx"))
                .hasToString("https://hub.example/acme/tiny/resolve/c0ffee/onnx/a%20b%2Bc%3F.onnx");
    }
}
