package dev.langchain4j.rerank.examples.web;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.langchain4j.rerank.report.RankingReport;
import java.io.IOException;

/** {@code GET /api/report?id=ID}: the library's own page of a ranking, to keep. */
final class ReportHandler implements HttpHandler {

    private final Answering answering;

    ReportHandler(Answering answering) {
        this.answering = answering;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        String id = Question.parameters(exchange.getRequestURI().getRawQuery()).getOrDefault("id", "");
        Answering.StoredRanking stored = answering.stored(id);
        if (stored == null) {
            Json.refuse(exchange, 404, "this ranking is no longer stored: ask again");
            return;
        }
        exchange.getResponseHeaders().set("Content-Disposition", "attachment; filename=\"ranking.html\"");
        Responses.send(
                exchange,
                200,
                "text/html",
                RankingReport.builder(stored.ranking())
                        .scale(stored.scale())
                        .build()
                        .html());
    }
}
