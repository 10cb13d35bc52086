package dev.langchain4j.rerank.local.internal.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HubChecksumTest {

    // printf 'hello\n' | git hash-object --stdin; printf 'hello\n' | sha256sum
    private static final String GIT = "ce013625030ba8dba906f756967f9e9ca394464a";
    private static final String SHA256 = "5891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03";

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {GIT, SHA256})
    void matches_the_file_that_it_is_of(String hex) throws IOException {
        // given
        HubChecksum checksum = new HubChecksum(hex);

        // when, then
        assertThat(checksum.matches(file("hello\n"))).isTrue();
        assertThat(checksum.matches(file("hello"))).isFalse();
    }

    @Test
    void matches_an_empty_file() throws IOException {
        assertThat(new HubChecksum("e69de29bb2d1d6434b8b29ae775ad8c2e48c5391").matches(file("")))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"" + GIT + "\"", "W/\"" + GIT + "\"", GIT})
    void reads_every_form_of_an_etag(String header) {
        assertThat(HubChecksum.ofETag(header).hex()).isEqualTo(GIT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\"\"", "abc", "../../x", "\"d41d8cd98f00b204e9800998ecf8427e-38\"", GIT + "0"})
    void refuses_an_etag_that_checks_nothing(String header) {
        assertThatIllegalArgumentException().isThrownBy(() -> HubChecksum.ofETag(header));
    }

    private Path file(String content) throws IOException {
        return Files.writeString(directory.resolve("file"), content);
    }
}
