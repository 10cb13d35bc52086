package dev.langchain4j.rerank.local;

import dev.langchain4j.rerank.local.internal.hub.ModelFiles;
import java.nio.file.Path;
import java.util.List;

/** Tokenising as a local model does, without its network, to measure its share of a call's time. */
public final class TokenisingAlone implements AutoCloseable {

    private static final int MAX_LENGTH = 512;

    private final PairTokenizer tokenizer;

    public TokenisingAlone(Path model) {
        tokenizer = PairTokenizer.load(ModelFiles.in(model), MAX_LENGTH, MAX_LENGTH / 2);
    }

    /** Tokenises as a call does, on the calling thread, and returns the number of tokens of all pairs. */
    public long tokens(String query, List<String> passages) {
        PairEncoder.Query tokens = tokenizer.query(query);
        return passages.stream()
                .mapToLong(passage -> tokens.with(passage).length())
                .sum();
    }

    @Override
    public void close() {
        tokenizer.close();
    }
}
