package dev.langchain4j.rerank;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The kept and dropped contents between two steps of a {@link SelectionPolicy}. Immutable: each method returns a new
 * selection. A content that was not ranked cannot be added, so a step cannot invent one.
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

    /** The kept contents, in order; unmodifiable. */
    public List<RankedContent> kept() {
        return kept;
    }

    /** The dropped contents, each with its reason, in the order of dropping; unmodifiable. */
    public List<RankedContent> dropped() {
        return dropped;
    }

    /**
     * Drops contents by a criterion.
     *
     * @param reason called for each kept content in order; returns the reason for dropping it, or null to keep it
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
     * Keeps the first contents and drops the rest.
     *
     * @param count number of contents to keep, at least 0
     * @param reason the reason for dropping the rest
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
     * Restores dropped contents, the best first, each at its position by rank.
     *
     * @param count maximum number of contents to restore, at least 0
     */
    public Selection restore(int count) {
        List<RankedContent> back = dropped.stream()
                .sorted(Comparator.comparingInt(RankedContent::rank))
                .limit(count)
                .toList();
        List<RankedContent> stay = new ArrayList<>(kept);
        for (RankedContent content : back) {
            int index = 0;
            while (index < stay.size() && stay.get(index).rank() < content.rank()) {
                index++;
            }
            stay.add(index, content.withDropReason(null));
        }
        List<RankedContent> go = new ArrayList<>(dropped);
        go.removeAll(back);
        return new Selection(stay, go);
    }

    /**
     * Arranges the kept contents in another order.
     *
     * @param order each of {@link #kept()}, once
     * @throws IllegalArgumentException if {@code order} contains anything else
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
