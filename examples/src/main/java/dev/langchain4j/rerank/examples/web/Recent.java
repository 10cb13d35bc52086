package dev.langchain4j.rerank.examples.web;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A map that keeps the most recently used entries, so that visitors do not fill the memory. Thread-safe. */
final class Recent<T> {

    private static final int KEPT = 50;

    private final Map<String, T> kept = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, T> eldest) {
            return size() > KEPT;
        }
    };

    synchronized void put(String id, T value) {
        kept.put(id, value);
    }

    synchronized @Nullable T get(String id) {
        return kept.get(id);
    }

    synchronized T computeIfAbsent(String id, Supplier<T> value) {
        T known = kept.get(id);
        if (known == null) {
            known = value.get();
            kept.put(id, known);
        }
        return known;
    }
}
