package dev.langchain4j.rerank;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
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
        this.kept = Collections.unmodifiableList(kept);
        this.dropped = Collections.unmodifiableList(dropped);
    }

    static Selection all(List<RankedContent> ranked) {
        return new Selection(List.copyOf(ranked), List.of());
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

    /**
     * Brings contents back that were dropped, the best first, each to its place by rank.
     *
     * @param count how many at most, at least 0
     */
    public Selection restore(int count) {
        List<RankedContent> back = dropped.stream()
                .sorted(Comparator.comparingInt(RankedContent::rank))
                .limit(count)
                .toList();
        List<RankedContent> stay = new ArrayList<>(kept);
        for (RankedContent content : back) {
            int place = 0;
            while (place < stay.size() && stay.get(place).rank() < content.rank()) {
                place++;
            }
            stay.add(place, content.withDropReason(null));
        }
        List<RankedContent> go = new ArrayList<>(dropped);
        go.removeAll(back);
        return new Selection(stay, go);
    }

    /**
     * Puts what is kept into another order.
     *
     * @param order each of {@link #kept()}, once
     * @throws IllegalArgumentException if {@code order} holds anything else
     */
    public Selection arrange(List<RankedContent> order) {
        if (order.size() != kept.size() || !new HashSet<>(order).equals(new HashSet<>(kept))) {
            throw new IllegalArgumentException(
                    "an arrangement must hold each of the %d kept contents once, got %d contents"
                            .formatted(kept.size(), order.size()));
        }
        return new Selection(List.copyOf(order), dropped);
    }
}
