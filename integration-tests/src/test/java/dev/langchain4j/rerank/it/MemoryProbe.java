package dev.langchain4j.rerank.it;

import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.rerank.local.msmarcominilml12v2q.MsMarcoMiniLmL12V2QuantizedScoringModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/** A program that reranks candidates of 512 tokens and prints its peak memory in kB. */
final class MemoryProbe {

    private MemoryProbe() {}

    public static void main(String[] arguments) throws IOException {
        int candidates = Integer.parseInt(arguments[0]);
        List<TextSegment> segments = Collections.nCopies(candidates, TextSegment.from("word ".repeat(600)));
        try (var model = new MsMarcoMiniLmL12V2QuantizedScoringModel()) {
            int tokens =
                    model.scoreAll(segments, "how much memory?").tokenUsage().inputTokenCount();
            if (tokens != 512 * candidates) {
                throw new IllegalStateException("expected 512 tokens a pair, got " + tokens + " in all");
            }
        }
        System.out.println(peakKilobytes());
    }

    /**
     * Returns the peak of the resident set, from the line {@code VmHWM: 123456 kB}: Java heap, native heap and code
     * together.
     */
    private static String peakKilobytes() throws IOException {
        try (Stream<String> status = Files.lines(Path.of("/proc/self/status"))) {
            return status.filter(line -> line.startsWith("VmHWM:"))
                    .map(line -> line.replaceAll("\\D", ""))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
