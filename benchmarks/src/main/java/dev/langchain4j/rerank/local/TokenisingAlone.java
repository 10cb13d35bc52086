package dev.langchain4j.rerank.local;

import dev.langchain4j.rerank.local.internal.hub.ModelFiles;
import java.nio.file.Path;
import java.util.List;

/** The tokenising of a local model without its network, which is how much of a call's time it takes. */
public final class TokenisingAlone implements AutoCloseable {

    private static final int MAX_LENGTH = 512;

    private final PairTokenizer tokenizer;

    public TokenisingAlone(Path model) {
        tokenizer = PairTokenizer.load(ModelFiles.in(model), MAX_LENGTH, MAX_LENGTH / 2);
    }

    /** Tokenises as a call does, on the calling thread, and answers how many tokens the pairs have. */
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
