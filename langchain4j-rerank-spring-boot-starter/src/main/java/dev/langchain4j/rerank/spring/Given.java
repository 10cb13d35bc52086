package dev.langchain4j.rerank.spring;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Passes the value of a property to a builder; if the property is not set, the builder keeps its default. */
final class Given {

    private Given() {}

    static <T> void value(@Nullable T value, Consumer<T> option) {
        if (value != null) {
            option.accept(value);
        }
    }
}
