package dev.langchain4j.rerank.report;

import dev.langchain4j.rerank.RankedContent;
import dev.langchain4j.rerank.Ranking;
import dev.langchain4j.rerank.ScoreScale;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The page of a {@link RankingReport}. Its elements identify a candidate by the retrieval rank, which is unique. */
final class RankingPage {

    private static final int RETRIEVED_TEXT = 120;
    private static final int KEPT_TEXT = 220;
    private static final int DROPPED_TEXT = 120;

    private final Ranking ranking;
    private final String title;
    private final List<RankedContent> retrieved;
    private final ScoreBars bars;

    RankingPage(Ranking ranking, String title, @Nullable ScoreScale scale) {
        this.ranking = ranking;
        this.title = title;
        this.retrieved = Stream.concat(ranking.kept().stream(), ranking.dropped().stream())
                .sorted(Comparator.comparingInt(RankedContent::retrievalRank))
                .toList();
        this.bars = new ScoreBars(ScoreAxis.of(rawScores(), scale));
    }

    String html() {
        return Page.of(ranking.query().isEmpty() ? title : title + ": " + ranking.query(), page -> {
            header(page);
            if (ranking.degraded()) {
                degraded(page);
            }
            if (retrieved.isEmpty()) {
                page.element("p", "Nothing was retrieved, so there was nothing to rank.");
                return;
            }
            moves(page);
            new PassageSections(ranking).write(page);
        });
    }

    private void header(Html page) {
        int kept = ranking.kept().size();
        page.begin("header").element("p", title, "class", "eyebrow");
        page.element("h1", ranking.query().isEmpty() ? "No query" : ranking.query(), "dir", "auto");
        page.begin("ul", "class", "tiles", "role", "list");
        tile(page, retrieved.size(), "found");
        tile(page, rawScores().size(), "scored");
        tile(page, kept, "kept");
        tile(
                page,
                newcomers(),
                kept == 1
                        ? "of them not first in retrieval order"
                        : "of them not in the first %d in retrieval order".formatted(kept));
        page.end().end();
    }

    private static void tile(Html page, long number, String label) {
        page.begin("li").element("b", Long.toString(number)).text(" " + label).end();
    }

    private void degraded(Html page) {
        page.begin("p", "class", "banner", "role", "note").element("strong", "Degraded: ");
        page.text("this ranking is incomplete. %d of %d candidates were scored. "
                .formatted(rawScores().size(), retrieved.size()));
        page.text("Candidates without a score follow in retrieval order and are exempt from minimum scores.");
        Throwable cause = ranking.degradedBy();
        if (cause != null) {
            page.text(" Cause: ").element("code", cause.toString());
        }
        page.end();
    }

    private void moves(Html page) {
        page.begin("section").element("h2", "What moved");
        legend(page);
        page.begin("div", "class", "moves").begin("div", "class", "before");
        page.element("h3", "Retrieval order").begin("ol", "role", "list");
        retrieved.forEach(content -> retrievedRow(page, content));
        page.end().end();
        MoveLines.draw(page, ranking);
        page.begin("div", "class", "after").element("h3", "Reranked").begin("ol", "role", "list");
        ranking.kept().forEach(content -> rankedRow(page, content));
        page.end();
        if (!ranking.dropped().isEmpty()) {
            page.element("h3", "Dropped").begin("ol", "role", "list");
            ranking.dropped().forEach(content -> rankedRow(page, content));
            page.end();
        }
        page.end().end().end();
    }

    private void legend(Html page) {
        page.begin("p", "class", "legend")
                .text("Bars: %s. ".formatted(bars.axis().label()));
        page.element(
                "span",
                "Lines: thick is moved up, thin moved down, dotted unchanged, dashed dropped. ",
                "class",
                "wide");
        if (!keptByRank()) {
            page.text("Kept passages are passed on in an order other than by rank.");
        }
        page.end();
    }

    private void retrievedRow(Html page, RankedContent content) {
        boolean kept = content.dropReason() == null;
        page.begin("li", "class", "row", "data-candidate", candidate(content));
        page.element("span", candidate(content), "class", "place");
        text(page, content, Excerpt.beginning(content, RETRIEVED_TEXT));
        page.element("span", kept ? "→ " + content.rank() : "→ dropped", "class", kept ? "target kept" : "target");
        page.end();
    }

    private void rankedRow(Html page, RankedContent content) {
        String reason = content.dropReason();
        page.begin("li", "class", reason == null ? "row kept" : "row", "data-candidate", candidate(content));
        page.element("span", Integer.toString(content.rank()), "class", "place");
        page.begin("p", "class", "facts");
        move(page, content);
        if (reason == null) {
            page.element("span", content.detail().stage(), "class", "stage");
        } else {
            page.element("span", reason, "class", "reason");
        }
        page.end();
        text(
                page,
                content,
                reason == null ? Excerpt.best(content, KEPT_TEXT) : Excerpt.beginning(content, DROPPED_TEXT));
        bars.write(page, content);
        page.end();
    }

    private static void text(Html page, RankedContent content, Excerpt excerpt) {
        page.begin("a", "href", "#" + PassageSections.anchor(content), "class", "text", "dir", "auto");
        excerpt.write(page);
        page.end();
    }

    static void move(Html page, RankedContent content) {
        Move move = new Move(content.retrievalRank(), content.rank());
        page.begin("span", "class", "move " + move.style());
        page.element("span", move.sign(), "aria-hidden", "true").element("span", move.words(), "class", "spoken");
        page.end();
    }

    static String candidate(RankedContent content) {
        return Integer.toString(content.retrievalRank());
    }

    private List<Double> rawScores() {
        return retrieved.stream()
                .map(RankedContent::rawScore)
                .filter(Objects::nonNull)
                .toList();
    }

    /** Returns the number of kept contents that the same number of first-stage results would have missed. */
    private long newcomers() {
        return ranking.kept().stream()
                .filter(content -> content.retrievalRank() > ranking.kept().size())
                .count();
    }

    private boolean keptByRank() {
        return IntStream.range(1, ranking.kept().size())
                .allMatch(i ->
                        ranking.kept().get(i - 1).rank() < ranking.kept().get(i).rank());
    }
}
