package dev.langchain4j.rerank.spring;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Hands on what a property says, and leaves the builder its own default where the property is not set. */
final class Given {

    private Given() {}

    static <T> void value(@Nullable T value, Consumer<T> option) {
        if (value != null) {
            option.accept(value);
        }
    }
}
