package dev.langchain4j.rerank.spring;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.langchain4j.rerank.testkit.ProjectDirectory;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Parameter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Checks the metadata that editors show, and the table of {@code docs/reference/spring-properties.md}, which {@code
 * -Ddocs.update=true} writes. The metadata end at a map, so the rows under {@code api.<id>} come from the record and its
 * Javadoc.
 */
class ConfigurationMetadataTest {

    private static final Path ROOT = ProjectDirectory.root();
    private static final Path PAGE = ROOT.resolve("docs/reference/spring-properties.md");
    private static final Pattern TABLE =
            Pattern.compile("(?<=<!-- properties -->\\n).*?(?=<!-- end of properties -->)", Pattern.DOTALL);
    private static final Pattern PARAM = Pattern.compile("@param (\\w+) (.*?)(?=@param|\\*/)", Pattern.DOTALL);

    /**
     * A property.
     *
     * @param values the accepted values
     * @param initial its default; empty if it has none
     */
    private record Row(String values, String initial, String description) {}

    @Test
    void every_property_has_a_description() throws IOException {
        assertThat(rows())
                .allSatisfy((name, row) ->
                        assertThat(row.description()).as(name).isNotBlank().endsWith("."));
    }

    @Test
    void these_are_the_properties() throws IOException {
        assertThat(rows().keySet())
                .containsExactlyInAnyOrder(Stream.of(
                                "enabled order",
                                "local: model-path model-name revision cache-directory offline preset engine device",
                                "local: kind onnx-variant workers max-waiting-calls warm-up",
                                "local: max-length query-max-length activation early-exit instruction",
                                "local: query-length document-length document-cache",
                                "api.<id>: protocol api-key model-name base-url url region project inference-id timeout",
                                "api.<id>: deadline max-retries max-concurrent-requests max-documents-per-request",
                                "api.<id>: custom-headers.<name> parameters.<name> log-requests log-responses",
                                "cache: enabled max-entries expire-after-write",
                                "cascade: first keep latency-budget",
                                "long-documents: enabled window overlap combine",
                                "aggregator: enabled top-k min-score max-candidates timeout on-failure normalizer",
                                "aggregator: fusion rrf-k weights query metadata-keys",
                                "aggregator.selection: score-gap token-budget max-per-source source-key",
                                "augmentor: enabled",
                                "metrics: enabled",
                                "observations: enabled include-content",
                                "management.health.rerank: enabled")
                        .flatMap(ConfigurationMetadataTest::names)
                        .toArray(String[]::new));
    }

    private static Stream<String> names(String line) {
        String group =
                line.contains(": ") ? line.substring(0, line.indexOf(": ") + 1).replace(':', '.') : "";
        String prefix = group.startsWith("management.") ? group : RerankProperties.PREFIX + "." + group;
        return Stream.of(line.substring(line.indexOf(": ") + (group.isEmpty() ? 1 : 2))
                        .split(" ", -1))
                .map(prefix::concat);
    }

    @Test
    void the_page_has_a_row_for_each() throws IOException {
        String written = Files.readString(PAGE);
        String expected = TABLE.matcher(written).replaceFirst(Matcher.quoteReplacement(table()));
        if (Boolean.getBoolean("docs.update")) {
            Files.writeString(PAGE, expected);
            return;
        }
        assertThat(written).isEqualTo(expected);
    }

    private static String table() throws IOException {
        return rows().entrySet().stream()
                .map(row -> "| `%s` | %s | %s | %s |%n"
                        .formatted(
                                row.getKey().replace(RerankProperties.PREFIX + ".", ""),
                                row.getValue().values(),
                                row.getValue().initial().isEmpty()
                                        ? ""
                                        : "`" + row.getValue().initial() + "`",
                                row.getValue().description()))
                .collect(Collectors.joining(
                        "", "| property | takes | default | meaning |%n|---|---|---|---|%n".formatted(), ""));
    }

    @Test
    void ids_of_all_protocols_are_hinted() throws IOException {
        JsonNode hints = metadata().get("hints");
        assertThat(hint(hints, "langchain4j.rerank.api.keys"))
                .containsExactlyElementsOf(
                        Arrays.stream(ApiProtocol.values()).map(ApiProtocol::id).toList());
        assertThat(hint(hints, "langchain4j.rerank.local.preset")).containsExactly("bge", "ms-marco-minilm-l12-v2-q");
        assertThat(hint(hints, "langchain4j.rerank.local.kind"))
                .containsExactly("cross-encoder", "colbert", "qwen3", "bge-gemma");
        assertThat(hint(hints, "langchain4j.rerank.order")).containsExactly("local");
    }

    private static List<String> hint(JsonNode hints, String name) {
        List<String> values = new ArrayList<>();
        hints.forEach(hint -> {
            if (hint.get("name").asText().equals(name)) {
                hint.get("values")
                        .forEach(value -> values.add(value.get("value").asText()));
            }
        });
        return values;
    }

    @Test
    void what_spring_loads_by_name_is_there() throws Exception {
        String imports = read("META-INF/spring/org.springframework.boot.autoconfigure.AutoConfiguration.imports");
        Properties factories = new Properties();
        factories.load(getClass().getResourceAsStream("/META-INF/spring.factories"));
        for (String name : (imports.strip() + ","
                        + String.join(
                                ",",
                                factories.stringPropertyNames().stream()
                                        .map(factories::getProperty)
                                        .toList()))
                .split(",", -1)) {
            assertThat(Class.forName(name).getPackage()).isEqualTo(getClass().getPackage());
        }
    }

    private static Map<String, Row> rows() throws IOException {
        Map<String, Row> rows = new TreeMap<>();
        metadata().get("properties").forEach(property -> {
            String name = property.get("name").asText();
            if (!name.equals(RerankProperties.Api.PREFIX)) {
                rows.put(
                        name,
                        new Row(
                                values(property.get("type").asText()),
                                property.path("defaultValue").asText(),
                                property.path("description").asText()));
            }
        });
        Map<String, String> descriptions = javadocOfApi();
        for (Parameter option : RerankProperties.Api.class.getDeclaredConstructors()[0].getParameters()) {
            DefaultValue initial = option.getAnnotation(DefaultValue.class);
            boolean map = Map.class.isAssignableFrom(option.getType());
            rows.put(
                    RerankProperties.Api.PREFIX + ".<id>." + kebab(option.getName()) + (map ? ".<name>" : ""),
                    new Row(
                            map ? "text" : values(option.getType().getName()),
                            initial == null ? "" : String.join(",", initial.value()),
                            Objects.requireNonNullElse(descriptions.get(option.getName()), "")));
        }
        return rows;
    }

    private static String values(String type) {
        try {
            Class<?> known = Class.forName(type.replaceFirst("<.*", ""));
            if (known.isEnum()) {
                return Arrays.stream(known.getEnumConstants())
                        .map(value ->
                                "`" + value.toString().toLowerCase(Locale.ROOT).replace('_', '-') + "`")
                        .collect(Collectors.joining(", "));
            }
        } catch (ClassNotFoundException primitive) {
            // its name identifies it
        }
        return switch (type.substring(type.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT)) {
            case "boolean" -> "true or false";
            case "integer", "int", "long", "double" -> "number";
            case "duration" -> "duration";
            case "path" -> "path";
            case "string" -> "text";
            case "string>" -> "list of texts";
            case "double>" -> "list of numbers";
            default -> throw new AssertionError("no description of the type " + type);
        };
    }

    private static Map<String, String> javadocOfApi() throws IOException {
        String source = Files.readString(
                ROOT.resolve(
                        "langchain4j-rerank-spring-boot-starter/src/main/java/dev/langchain4j/rerank/spring/RerankProperties.java"));
        String before = source.substring(0, source.indexOf("    record Api("));
        String javadoc = before.substring(before.lastIndexOf("/**"));
        return PARAM.matcher(javadoc)
                .results()
                .collect(Collectors.toMap(match -> match.group(1), ConfigurationMetadataTest::onOneLine));
    }

    private static String onOneLine(MatchResult param) {
        return param.group(2).replaceAll("\\s*\\n\\s*\\*\\s*", " ").strip();
    }

    private static String kebab(String name) {
        return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }

    private static JsonNode metadata() throws IOException {
        return new JsonMapper().readTree(read("META-INF/spring-configuration-metadata.json"));
    }

    private static String read(String resource) throws IOException {
        try (InputStream in = ConfigurationMetadataTest.class.getResourceAsStream("/" + resource)) {
            return new String(Objects.requireNonNull(in, resource).readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
