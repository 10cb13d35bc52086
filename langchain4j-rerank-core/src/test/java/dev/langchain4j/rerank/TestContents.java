package dev.langchain4j.rerank;

import dev.langchain4j.data.document.Metadata;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.rag.content.Content;
import dev.langchain4j.rag.content.ContentMetadata;
import dev.langchain4j.rag.query.Query;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** What retrievers found, in the short form in which tests want to say it. */
final class TestContents {

    static final Query QUERY = Query.from("query");

    private TestContents() {}

    static List<Content> contents(String... texts) {
        return Arrays.stream(texts).map(Content::from).toList();
    }

    /** {@code text 0}, {@code text 1}, ... */
    static List<Content> contents(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> Content.from("text " + i))
                .toList();
    }

    static Content scored(String text, double score) {
        return Content.from(TextSegment.from(text), Map.of(ContentMetadata.SCORE, score));
    }

    static Content fromSource(String source, String text) {
        return Content.from(TextSegment.from(text, Metadata.from("source", source)));
    }

    @SafeVarargs
    static Map<Query, Collection<List<Content>>> found(List<Content>... lists) {
        List<List<Content>> found = new ArrayList<>();
        for (List<Content> list : lists) {
            found.add(list);
        }
        return Map.of(QUERY, found);
    }

    static List<String> texts(Collection<Content> contents) {
        return contents.stream().map(content -> content.textSegment().text()).toList();
    }

    static List<String> keptTexts(Ranking ranking) {
        return texts(ranking.kept().stream().map(RankedContent::content).toList());
    }

    /** The number at the end of the text, so that a test can say what a text scores. */
    static double numberIn(String text) {
        return Double.parseDouble(text.substring(text.lastIndexOf(' ') + 1));
    }
}
