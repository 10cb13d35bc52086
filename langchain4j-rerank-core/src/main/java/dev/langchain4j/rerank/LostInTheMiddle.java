package dev.langchain4j.rerank;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Best contents at both ends, where language models read best. */
record LostInTheMiddle() implements SelectionPolicy {

    @Override
    public boolean arranges() {
        return true;
    }

    @Override
    public Selection select(Selection selection) {
        List<RankedContent> order = new ArrayList<>();
        Deque<RankedContent> end = new ArrayDeque<>();
        for (int place = 0; place < selection.kept().size(); place++) {
            RankedContent content = selection.kept().get(place);
            if (place % 2 == 0) {
                order.add(content);
            } else {
                end.addFirst(content);
            }
        }
        order.addAll(end);
        return selection.arrange(order);
    }
}
