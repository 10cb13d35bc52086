package dev.langchain4j.rerank.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.exception.AuthenticationException;
import dev.langchain4j.exception.InternalServerException;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.exception.LangChain4jException;
import dev.langchain4j.exception.ModelNotFoundException;
import dev.langchain4j.exception.NonRetriableException;
import dev.langchain4j.exception.RateLimitException;
import dev.langchain4j.exception.TimeoutException;
import dev.langchain4j.exception.UnsupportedFeatureException;
import dev.langchain4j.rerank.api.Fixtures.Fixture;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.HttpUrl;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * What every protocol promises, checked against the provider's folder of src/test/resources/fixtures over real sockets.
 * To check a protocol, extend this class; the constructor names the folder and the factory, {@link #sends} the options
 * that make the factory send a request file. Answers and errors need nothing; what differs at a service is said with
 * {@link #reads}, {@link #refuses}, {@link #refusesForGood} and {@link #refusesAnswer}.
 */
abstract class RerankProtocolContract {

    static final String KEY = "key-of-the-contract";

    private final String folder;
    private final Supplier<ApiScoringModel.Builder> factory;
    private final Map<String, UnaryOperator<ApiScoringModel.Builder>> options = new HashMap<>();
    private final Map<String, Class<? extends LangChain4jException>> exceptions = new HashMap<>();
    private final Map<String, Integer> attempts = new HashMap<>();
    private final Map<String, String> unusable = new HashMap<>();
    private final Set<String> requests = new HashSet<>();
    private Predicate<String> concerned = file -> true;

    /** The contract of one folder of the fixtures and one factory; address and key are set by the contract. */
    RerankProtocolContract(String folder, Supplier<ApiScoringModel.Builder> factory) {
        this.folder = folder;
        this.factory = factory;
    }

    /** With these options, the request of this file is sent. */
    final void sends(String file, UnaryOperator<ApiScoringModel.Builder> options) {
        requests.add(file);
        this.options.put(file, options);
    }

    /** The answer or error of this file comes to a model with other options than the factory's. */
    final void reads(String file, UnaryOperator<ApiScoringModel.Builder> options) {
        this.options.put(file, options);
    }

    /** The error of this file becomes something else than its status means at most services. */
    final void refuses(String file, Class<? extends LangChain4jException> exception) {
        exceptions.put(file, exception);
    }

    /** After the error of this file, the request is not sent again, although its status would have it so. */
    final void refusesForGood(String file, Class<? extends LangChain4jException> exception) {
        refuses(file, exception);
        attempts.put(file, 1);
    }

    /** The answer of this file cannot be used, for this reason. */
    final void refusesAnswer(String file, String reason) {
        unusable.put(file, reason);
    }

    /** Only these files of the folder are this protocol's; the others need another contract. Default: all. */
    final void concerns(Predicate<String> files) {
        concerned = files;
    }

    /** The fixtures that this contract reads, by their names in the manifest. */
    final List<Fixture> fixtures() {
        return Fixtures.all().stream()
                .filter(fixture -> fixture.provider().equals(folder))
                .filter(fixture -> concerned.test(fixture.file()))
                .filter(fixture -> !Fixtures.neverSent().containsKey(fixture.id()))
                .toList();
    }

    @TestFactory
    Stream<DynamicTest> sends_requests_as_documented() {
        assertThat(requests)
                .as("request files with options")
                .isEqualTo(names(fixture -> fixture.kind().equals("request")));
        return each("request", this::assertSent);
    }

    @TestFactory
    Stream<DynamicTest> reads_answers() {
        return each("response", this::assertRead);
    }

    @TestFactory
    Stream<DynamicTest> turns_errors_into_exceptions() {
        return each("error", this::assertThrown);
    }

    private void assertSent(MockWebServer server, Fixture fixture) throws Exception {
        server.enqueue(new MockResponse.Builder().code(400).build());
        List<TextSegment> documents = Fixtures.documents(3);

        assertThat(catchThrowable(() -> score(server.url(fixture.path()), fixture, documents)))
                .isInstanceOf(InvalidRequestException.class);

        RecordedRequest sent = server.takeRequest();
        JsonNode body = Fixtures.read(sent.getBody().utf8());
        assertThat(Fixtures.withoutLimits(body)).isEqualTo(Fixtures.withoutLimits(fixture.json()));
        assertThat(Fixtures.LIMIT_FIELDS.stream().flatMap(limit -> body.findValues(limit).stream()))
                .as("limits ask for every score")
                .allMatch(limit -> limit.intValue() == documents.size());
        assertThat(sent.getMethod()).isEqualTo("POST");
        assertThat(sent.getTarget()).isEqualTo(fixture.path());
        fixture.headers()
                .forEach((name, value) -> assertThat(sent.getHeaders().get(name))
                        .as(name)
                        .startsWith(value.replace("<key>", KEY).replaceAll(" \\.\\.\\..*", "")));
    }

    private void assertRead(MockWebServer server, Fixture fixture) {
        server.enqueue(answer(fixture));
        List<TextSegment> documents = Fixtures.documents(fixture.documentCount());
        List<Integer> order = fixture.expectedOrder();

        if (order.size() < documents.size()) {
            int missing = IntStream.range(0, documents.size())
                    .filter(index -> !order.contains(index))
                    .findFirst()
                    .orElseThrow();
            assertThat(catchThrowable(() -> score(server.url("/"), fixture, documents)))
                    .isInstanceOf(UnusableAnswerException.class)
                    .hasMessageContaining(unusable.getOrDefault(fixture.file(), "no score for document " + missing));
            return;
        }
        List<Double> scores = score(server.url("/"), fixture, documents);
        assertThat(IntStream.range(0, scores.size())
                        .boxed()
                        .sorted((one, other) -> Double.compare(scores.get(other), scores.get(one))))
                .containsExactlyElementsOf(order);
        assertThat(numbers(fixture.json())).containsAll(scores);
    }

    private void assertThrown(MockWebServer server, Fixture fixture) {
        server.setDispatcher(always(answer(fixture)));
        Class<? extends LangChain4jException> expected =
                exceptions.getOrDefault(fixture.file(), exceptionFor(fixture.status()));

        Throwable thrown = catchThrowable(() -> score(server.url("/"), fixture, Fixtures.documents(3)));

        assertThat(thrown)
                .isExactlyInstanceOf(expected)
                .hasMessageContaining(String.valueOf(fixture.status()))
                .hasMessageNotContaining(KEY);
        assertThat(server.getRequestCount())
                .as("attempts")
                .isEqualTo(attempts.getOrDefault(fixture.file(), attemptsAfter(fixture.status())));
    }

    private List<Double> score(HttpUrl url, Fixture fixture, List<TextSegment> documents) {
        ApiScoringModel.Builder builder = options.getOrDefault(fixture.file(), UnaryOperator.identity())
                .apply(factory.get())
                .baseUrl(url.toString())
                .apiKey(KEY)
                .environment(variable -> null)
                .clocks(new VirtualTime());
        try (ApiScoringModel model = builder.build()) {
            return model.scoreAll(documents, Fixtures.query()).content();
        }
    }

    private MockResponse answer(Fixture fixture) {
        MockResponse.Builder response =
                new MockResponse.Builder().code(fixture.status()).body(fixture.body());
        fixture.headers().forEach(response::addHeader);
        return response.build();
    }

    private Stream<DynamicTest> each(String kind, Check check) {
        return fixtures().stream()
                .filter(fixture -> fixture.kind().equals(kind))
                .map(fixture -> dynamicTest(fixture.id(), () -> {
                    try (MockWebServer server = new MockWebServer()) {
                        server.start();
                        check.accept(server, fixture);
                    }
                }));
    }

    private Set<String> names(Predicate<Fixture> predicate) {
        Set<String> names = new HashSet<>();
        fixtures().stream().filter(predicate).forEach(fixture -> names.add(fixture.file()));
        return names;
    }

    /** Every number that stands in an answer, quoted or not; and 0, which proto3 leaves out. */
    private static Set<Double> numbers(JsonNode node) {
        Set<Double> numbers = new HashSet<>(Set.of(0.0));
        if (node.isValueNode()) {
            numbers.add(node.asDouble(Double.NaN));
        }
        node.forEach(child -> numbers.addAll(numbers(child)));
        return numbers;
    }

    static Class<? extends LangChain4jException> exceptionFor(int status) {
        return switch (status) {
            case 200 -> UnusableAnswerException.class;
            case 401, 403, 498 -> AuthenticationException.class;
            case 402 -> NonRetriableException.class;
            case 404 -> ModelNotFoundException.class;
            case 408 -> TimeoutException.class;
            case 429 -> RateLimitException.class;
            case 501 -> UnsupportedFeatureException.class;
            case 202, 499 -> InternalServerException.class;
            default -> status >= 500 ? InternalServerException.class : InvalidRequestException.class;
        };
    }

    /** Two repeats are the default; 499 is one that Cohere's own clients do not repeat either. */
    private static int attemptsAfter(int status) {
        Set<Integer> repeated = Set.of(202, 408, 409, 429);
        Set<Integer> final5xx = Set.of(501, 505, 507);
        return repeated.contains(status) || (status >= 500 && !final5xx.contains(status)) ? 3 : 1;
    }

    private static Dispatcher always(MockResponse response) {
        return new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                return response;
            }
        };
    }

    @FunctionalInterface
    private interface Check {
        void accept(MockWebServer server, Fixture fixture) throws Exception;
    }
}
