package dev.langchain4j.rerank.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.jspecify.annotations.Nullable;

/** A server on this machine that speaks Cohere's shape and scores every document by its text alone, worst first. */
final class StubService extends Dispatcher implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final MockWebServer server = new MockWebServer();
    private final AtomicInteger requests = new AtomicInteger();
    private final List<List<String>> documents = Collections.synchronizedList(new ArrayList<>());
    private volatile Function<Integer, @Nullable MockResponse> faults = request -> null;

    StubService() {
        server.setDispatcher(this);
        try {
            server.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the service thinks of a text. */
    static double score(String text) {
        return (text.hashCode() & 0xFFFF) / 65_536.0;
    }

    /** The answers to some requests, counted from 1, are these instead; null is the usual answer. */
    StubService failing(Function<Integer, @Nullable MockResponse> faults) {
        this.faults = faults;
        return this;
    }

    /** A model of this service, with a clock that does not wait. */
    ApiScoringModel.Builder model() {
        return ApiScoringModel.cohere()
                .baseUrl(server.url("/").toString())
                .apiKey("key-of-the-stub")
                .clocks(new VirtualTime());
    }

    MockWebServer server() {
        return server;
    }

    int requests() {
        return requests.get();
    }

    /** The documents of every request, in the order of arrival. */
    List<List<String>> documents() {
        return documents;
    }

    @Override
    public MockResponse dispatch(RecordedRequest request) {
        JsonNode body = Fixtures.read(request.getBody().utf8());
        List<String> texts = new ArrayList<>();
        body.path("documents").forEach(text -> texts.add(text.textValue()));
        documents.add(texts);
        MockResponse fault = faults.apply(requests.incrementAndGet());
        return fault == null
                ? json(answer(texts.stream().map(StubService::score).toList()))
                : fault;
    }

    /** The scores of documents 0, 1, 2, …, told from the last to the first. */
    static String answer(List<? extends @Nullable Double> scores) {
        ObjectNode answer = JSON.createObjectNode();
        var results = answer.putArray("results");
        for (int i = scores.size() - 1; i >= 0; i--) {
            results.addObject().put("index", i).put("relevance_score", scores.get(i));
        }
        answer.putObject("meta").putObject("billed_units").put("search_units", 1);
        return answer.toString().replaceAll("\"(NaN|-?Infinity)\"", "$1");
    }

    static MockResponse json(String body) {
        return new MockResponse.Builder()
                .addHeader("Content-Type", "application/json")
                .body(body)
                .build();
    }

    static MockResponse status(int status, String... headers) {
        MockResponse.Builder response = new MockResponse.Builder().code(status);
        for (int i = 0; i < headers.length; i += 2) {
            response.addHeader(headers[i], headers[i + 1]);
        }
        return response.build();
    }

    @Override
    public void close() {
        server.close();
    }
}
