package dev.langchain4j.rerank;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What is kept and what is dropped, between two steps of a {@link SelectionPolicy}. Immutable: each method returns a
 * new selection. There is no way to add a content that was not ranked, so that a step cannot invent one.
 */
public final class Selection {

    private final List<RankedContent> kept;
    private final List<RankedContent> dropped;

    private Selection(List<RankedContent> kept, List<RankedContent> dropped) {
        this.kept = List.copyOf(kept);
        this.dropped = List.copyOf(dropped);
    }

    static Selection all(List<RankedContent> ranked) {
        return new Selection(ranked, List.of());
    }

    /** What is kept so far, in order; unmodifiable. */
    public List<RankedContent> kept() {
        return kept;
    }

    /** What is dropped so far, each with its reason, in the order in which it was dropped; unmodifiable. */
    public List<RankedContent> dropped() {
        return dropped;
    }

    /**
     * Drops contents by what they are.
     *
     * @param reason asked for each kept content in order; why it is to be dropped, or null to keep it
     */
    public Selection drop(Function<RankedContent, @Nullable String> reason) {
        List<RankedContent> stay = new ArrayList<>(kept.size());
        List<RankedContent> go = new ArrayList<>(dropped);
        for (RankedContent content : kept) {
            String why = reason.apply(content);
            if (why == null) {
                stay.add(content);
            } else {
                go.add(content.withDropReason(why));
            }
        }
        return new Selection(stay, go);
    }

    /**
     * Keeps the first and drops the rest.
     *
     * @param count how many to keep, at least 0
     * @param reason why the rest is dropped
     */
    public Selection keepFirst(int count, String reason) {
        if (count >= kept.size()) {
            return this;
        }
        List<RankedContent> go = new ArrayList<>(dropped);
        for (RankedContent content : kept.subList(count, kept.size())) {
            go.add(content.withDropReason(reason));
        }
        return new Selection(kept.subList(0, count), go);
    }
}
