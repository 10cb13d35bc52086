package dev.langchain4j.rerank;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Puts the best contents at both ends, where language models read best. */
record LostInTheMiddle() implements SelectionPolicy {

    @Override
    public boolean arranges() {
        return true;
    }

    @Override
    public Selection select(Selection selection) {
        List<RankedContent> order = new ArrayList<>();
        Deque<RankedContent> end = new ArrayDeque<>();
        for (int index = 0; index < selection.kept().size(); index++) {
            RankedContent content = selection.kept().get(index);
            if (index % 2 == 0) {
                order.add(content);
            } else {
                end.addFirst(content);
            }
        }
        order.addAll(end);
        return selection.arrange(order);
    }
}
