package dev.langchain4j.rerank.examples.web;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.langchain4j.rerank.evaluation.Measure;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** {@code POST /api/judge}: the quality of two orders of the same passages by the judgements of a visitor. */
final class JudgeHandler implements HttpHandler {

    private static final Measure MEASURE = Measure.ndcg(5);

    /**
     * The data to measure.
     *
     * @param before ids of the passages, best of the first stage first
     * @param after the same, reranked
     * @param judgements by id: 1 is relevant, 0 is not
     */
    private record Request(List<String> before, List<String> after, Map<String, Integer> judgements) {

        Request requireComplete() {
            if (before == null || after == null || judgements == null) {
                throw new IllegalArgumentException("before, after and judgements are needed");
            }
            return this;
        }
    }

    private record Quality(String measure, double before, double after) {}

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        Request request = Json.body(exchange, Request.class).requireComplete();
        Json.answer(
                exchange,
                new Quality(
                        MEASURE.name(),
                        MEASURE.of(request.before(), request.judgements()),
                        MEASURE.of(request.after(), request.judgements())));
    }
}
