package dev.langchain4j.rerank.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MilvusServerTest {

    @Test
    void takes_the_server_that_the_environment_names_and_never_stops_it() throws Exception {
        // given
        try (ServerSocket foreign = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String uri = "http://127.0.0.1:" + foreign.getLocalPort();
            // when
            MilvusServer server = MilvusServer.start(Map.of("MILVUS_URI", uri), line -> {});
            server.close();
            // then
            assertThat(server.uri()).isEqualTo(uri);
            assertThat(server.description()).isEqualTo("the Milvus at " + uri + " (MILVUS_URI)");
            new Socket(InetAddress.getLoopbackAddress(), foreign.getLocalPort()).close();
        }
    }

    @Test
    void starts_one_and_stops_it() {
        // given
        List<String> progress = new ArrayList<>();
        URI uri;
        // when
        try (MilvusServer server = MilvusServer.start(Map.of(), progress::add)) {
            uri = URI.create(server.uri());
            // then
            assertThat(progress).isNotEmpty();
            assertThat(accepts(uri)).isTrue();
        }
        assertThat(accepts(uri)).isFalse();
    }

    @Test
    void refuses_a_port_that_is_taken() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = taken.getLocalPort();
            assertThatThrownBy(() -> MilvusLite.start(port, line -> {}))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("port " + port + " on 127.0.0.1 is taken: choose another one");
        }
    }

    @Test
    void comes_back_on_the_same_port_after_an_outage() {
        try (MilvusLite server = MilvusLite.start(line -> {})) {
            URI uri = URI.create(server.uri());
            // when
            server.interrupt();
            // then
            assertThat(accepts(uri)).isFalse();
            // when
            server.resume();
            // then
            assertThat(accepts(uri)).isTrue();
        }
    }

    private static boolean accepts(URI uri) {
        try (Socket socket = new Socket(uri.getHost(), uri.getPort())) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }
}
