package dev.langchain4j.rerank.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.langchain4j.data.segment.TextSegment;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;

/** The contract files of the providers, as src/test/resources/fixtures/README.md describes them. */
final class Fixtures {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final JsonNode MANIFEST = json("manifest.json");

    /** Members that ask for fewer scores than there are documents. */
    static final Set<String> LIMIT_FIELDS = Set.of("top_n", "top_k", "topN", "numberOfResults");

    private Fixtures() {}

    /**
     * One entry of the manifest.
     *
     * @param file name below the provider's folder; for a body that is no JSON, a description
     * @param headers of the request, or of the answer
     * @param body of the file, or the body that is no JSON
     */
    record Fixture(
            String provider,
            String file,
            String kind,
            int status,
            String path,
            Map<String, String> headers,
            List<Integer> expectedOrder,
            int documentCount,
            String body) {

        JsonNode json() {
            return read(body);
        }

        String id() {
            return provider + "/" + file;
        }

        @Override
        public String toString() {
            return id();
        }
    }

    static String query() {
        return MANIFEST.path("query").textValue();
    }

    static List<TextSegment> documents(int count) {
        List<TextSegment> documents = new ArrayList<>();
        MANIFEST.path("documents").forEach(text -> documents.add(TextSegment.from(text.textValue())));
        return documents.subList(0, count);
    }

    /** Every file of the manifest, and every body in it that is no file. */
    static List<Fixture> all() {
        List<Fixture> fixtures = new ArrayList<>();
        for (JsonNode entry : MANIFEST.path("files")) {
            String id = entry.path("file").textValue();
            String provider = id.substring(0, id.indexOf('/'));
            fixtures.add(fixture(provider, id.substring(provider.length() + 1), entry, text(id)));
        }
        for (JsonNode entry : MANIFEST.path("non_json_bodies")) {
            String provider = entry.path("provider").textValue();
            String name = "non-json-" + entry.path("http_status").asInt();
            fixtures.add(fixture(provider, name, entry, entry.path("body").textValue()));
        }
        return fixtures;
    }

    /** Requests that are never sent, with the reason why. */
    static Map<String, String> neverSent() {
        Properties properties = new Properties();
        try (InputStream in = open("never-sent.properties")) {
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<String, String> reasons = new TreeMap<>();
        properties.forEach((file, reason) -> reasons.put(file.toString(), reason.toString()));
        return reasons;
    }

    /** A body without the members that limit the answer. */
    static JsonNode withoutLimits(JsonNode body) {
        JsonNode copy = body.deepCopy();
        removeLimits(copy);
        return copy;
    }

    static JsonNode read(String json) {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void removeLimits(JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.remove(LIMIT_FIELDS);
            object.forEach(Fixtures::removeLimits);
        } else if (node instanceof ArrayNode array) {
            array.forEach(Fixtures::removeLimits);
        }
    }

    private static Fixture fixture(String provider, String file, JsonNode entry, String body) {
        Map<String, String> headers = new LinkedHashMap<>();
        entry.path("headers")
                .properties()
                .forEach(
                        header -> headers.put(header.getKey(), header.getValue().textValue()));
        List<Integer> order = new ArrayList<>();
        entry.path("expected_order").forEach(index -> order.add(index.intValue()));
        return new Fixture(
                provider,
                file,
                entry.path("kind").asText("error"),
                entry.path("http_status").asInt(),
                entry.path("path").asText(),
                headers,
                order,
                entry.path("document_count").asInt(),
                body);
    }

    private static JsonNode json(String name) {
        return read(text(name));
    }

    private static String text(String name) {
        try (InputStream in = open(name)) {
            return new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InputStream open(String name) {
        return Objects.requireNonNull(Fixtures.class.getResourceAsStream("/fixtures/" + name), name);
    }
}
