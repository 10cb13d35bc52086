package dev.langchain4j.rerank.report;

import dev.langchain4j.rag.content.ContentMetadata;
import dev.langchain4j.rerank.RankedContent;
import dev.langchain4j.rerank.Ranking;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The sections with the passages and all their details: kept ones expanded, dropped ones collapsed. */
final class PassageSections {

    private static final int TEXT = 2_000;
    private static final int SUMMARY = 80;

    private final Ranking ranking;

    PassageSections(Ranking ranking) {
        this.ranking = ranking;
    }

    static String anchor(RankedContent content) {
        return "passage-" + RankingPage.candidate(content);
    }

    void write(Html page) {
        page.begin("section").element("h2", "Kept passages");
        if (ranking.kept().isEmpty()) {
            page.element("p", "No passage was kept.");
        }
        ranking.kept().forEach(content -> kept(page, content));
        page.end();
        if (!ranking.dropped().isEmpty()) {
            page.begin("section").element("h2", "Dropped passages");
            ranking.dropped().forEach(content -> dropped(page, content));
            page.end();
        }
    }

    private static void kept(Html page, RankedContent content) {
        page.begin("article", "id", anchor(content), "class", "passage");
        page.begin("h3").text("Rank %d ".formatted(content.rank()));
        RankingPage.move(page, content);
        page.end();
        passage(page, content);
        page.end();
    }

    private static void dropped(Html page, RankedContent content) {
        page.begin("details", "class", "passage").begin("summary");
        page.text("Rank %d ".formatted(content.rank()));
        page.element("span", Objects.requireNonNull(content.dropReason()), "class", "reason");
        page.element("span", Excerpt.beginning(content, SUMMARY).after(), "class", "start", "dir", "auto");
        // inside the details element, so that a link to the anchor expands it
        page.end().begin("div", "id", anchor(content));
        passage(page, content);
        page.end().end();
    }

    private static void passage(Html page, RankedContent content) {
        Excerpt shown = Excerpt.best(content, TEXT);
        page.begin("p", "class", "full", "dir", "auto");
        shown.write(page);
        page.end().begin("dl");
        fact(page, "ranked by", content.detail().stage());
        if (Objects.equals(content.rawScore(), content.score())) {
            score(page, "score", content.score());
        } else {
            score(page, "raw score", content.rawScore());
            score(page, "reported score", content.score());
        }
        score(page, "retrieval score", content.content().metadata().get(ContentMetadata.SCORE));
        if (!shown.marked().isEmpty()) {
            fact(page, "scored by", "the marked window");
        }
        if (content.detail().truncated()) {
            fact(page, "truncated", "the model read only the beginning");
        }
        if (shown.cutBefore() || shown.cutAfter()) {
            fact(page, "shown", shown.place());
        }
        content.content().textSegment().metadata().toMap().forEach((name, value) -> fact(page, name, value.toString()));
        page.end();
    }

    private static void score(Html page, String name, @Nullable Object score) {
        if (score instanceof Number number) {
            fact(page, name, Numbers.score(number.doubleValue()));
        }
    }

    private static void fact(Html page, String name, String value) {
        page.begin("div")
                .element("dt", name)
                .element("dd", value, "dir", "auto")
                .end();
    }
}
