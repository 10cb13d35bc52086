package dev.langchain4j.rerank.local.internal.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HubListingTest {

    @Test
    void reads_commit_and_names() throws HubProtocolException {
        // when
        HubListing listing = HubListing.read(json(FakeHub.COMMIT, "tokenizer.json", "onnx/model.onnx"));

        // then
        assertThat(listing.commit()).isEqualTo(FakeHub.COMMIT);
        assertThat(listing.files()).containsExactly("onnx/model.onnx", "tokenizer.json");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../../x",
                "onnx/../../x",
                "..",
                "a/..",
                "/etc/passwd",
                "\\\\server\\share",
                "..\\x",
                "a\\..\\..\\x",
                "C:\\x",
                "c:x"
            })
    void refuses_a_model_with_a_name_that_leads_outside(String name) {
        assertThatThrownBy(() -> HubListing.read(json(FakeHub.COMMIT, "tokenizer.json", name)))
                .isInstanceOf(HubProtocolException.class)
                .hasMessage("it lists a file named \"" + name + "\", which lies outside of the model");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "main", "../../../0123456789abcdef0123456789ab", "0123456"})
    void refuses_what_is_no_commit(String commit) {
        assertThatThrownBy(() -> HubListing.read(json(commit)))
                .isInstanceOf(HubProtocolException.class)
                .hasMessage("its answer about the model has no commit in \"sha\"");
    }

    @Test
    void refuses_what_is_no_json_without_repeating_it() {
        assertThatThrownBy(() -> HubListing.read("<html>secret</html>".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(HubProtocolException.class)
                .hasMessage("its answer about the model is not JSON")
                .hasNoCause();
    }

    @Test
    void refuses_json_that_is_too_deep() {
        assertThatThrownBy(() -> HubListing.read("[".repeat(100_000).getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(HubProtocolException.class)
                .hasMessage("its answer about the model is not JSON");
    }

    private static byte[] json(String commit, String... names) {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("sha", commit);
        for (String name : names) {
            json.withArray("siblings").addObject().put("rfilename", name);
        }
        return json.toString().getBytes(StandardCharsets.UTF_8);
    }
}
