package dev.langchain4j.rerank.local;

import dev.langchain4j.rerank.InvalidOptionException;
import dev.langchain4j.rerank.internal.Arguments;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The device of a model.
 *
 * @param cuda whether it is a CUDA device; otherwise the CPU
 * @param index number of the CUDA device, from 0
 */
record Device(boolean cuda, int index) {

    static final Device CPU = new Device(false, 0);

    private static final Pattern NAME = Pattern.compile("cpu|cuda(?::(\\d{1,3}))?");

    static Device of(@Nullable String name) {
        String given = Arguments.required("device", name, "leave it out for cpu");
        Matcher matcher = NAME.matcher(given);
        if (!matcher.matches()) {
            throw new InvalidOptionException(
                    "device", "device must be \"cpu\", \"cuda\" or \"cuda:0\", got \"" + given + "\"");
        }
        String index = matcher.group(1);
        return new Device(given.startsWith("cuda"), index == null ? 0 : Integer.parseInt(index));
    }

    @Override
    public String toString() {
        return cuda ? "cuda:" + index : "cpu";
    }
}
