package dev.langchain4j.rerank.local;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A strategy that scores by late interaction: query and document are read separately, and each token of the query is
 * compared with all tokens of the document. One text per run, so that vectors, which may be kept, are bit for bit the
 * same whatever else is read.
 */
final class LateInteractionStrategy implements ScoringStrategy {

    private final String model;
    private final ColbertTokenizer tokenizer;
    private final Projection projection;
    private final InferenceBackend backend;
    private final Cache<String, Document> documents;

    private LateInteractionStrategy(
            String model,
            ColbertTokenizer tokenizer,
            Projection projection,
            InferenceBackend backend,
            int cachedDocuments) {
        this.model = model;
        this.tokenizer = tokenizer;
        this.projection = projection;
        this.backend = new HalvingBackend(model, backend);
        this.documents = Caffeine.newBuilder()
                .maximumSize(cachedDocuments)
                .executor(Runnable::run) // no thread that might outlive the model
                .build();
    }

    /**
     * Creates the strategy of a model.
     *
     * @param model its name, for messages
     * @param tokenizer closed by the strategy, or at once if the engine is not available
     * @param engine supplies the backend, which the strategy closes
     * @param cachedDocuments number of documents whose vectors are kept
     */
    static LateInteractionStrategy load(
            String model,
            ColbertTokenizer tokenizer,
            Projection projection,
            Supplier<InferenceBackend> engine,
            int cachedDocuments) {
        try {
            return new LateInteractionStrategy(model, tokenizer, projection, engine.get(), cachedDocuments);
        } catch (RuntimeException e) {
            tokenizer.close();
            throw e;
        }
    }

    @Override
    public ScoringPlan plan(String query, List<String> texts, Order order) {
        Query asked = new Query(tokenizer.query(query));
        return new ScoringPlan() {

            @Override
            public List<int[]> parts() {
                return IntStream.range(0, texts.size())
                        .mapToObj(index -> new int[] {index})
                        .toList();
            }

            @Override
            public void score(int[] part, Consumer<ScoredText> scores) {
                for (int index : part) {
                    scores.accept(LateInteractionStrategy.this.score(asked, texts.get(index), index));
                }
            }

            @Override
            public long tokenizingNanos() {
                return asked.tokenizing.sum();
            }
        };
    }

    private ScoredText score(Query query, String text, int index) {
        Document document = document(text, query.tokenizing);
        double score = maxSim(query.vectors(), document.vectors);
        if (!Double.isFinite(score)) {
            throw new LocalModelException("%s returned %s for the text at index %d, which is not a finite score"
                    .formatted(model, score, index));
        }
        return new ScoredText(index, score, query.tokens.truncated() || document.truncated, document.tokens);
    }

    /** Not in one step with the cache, which would block other threads that look up their documents meanwhile. */
    private Document document(String text, LongAdder tokenizing) {
        Document kept = documents.getIfPresent(text);
        if (kept != null) {
            return kept;
        }
        Document document = read(text, tokenizing);
        documents.put(text, document);
        return document;
    }

    private Document read(String text, LongAdder tokenizing) {
        long began = System.nanoTime();
        TokenSequence tokens = tokenizer.document(text);
        tokenizing.add(System.nanoTime() - began);
        float[][] vectors = vectors(tokens);
        float[][] compared = IntStream.range(0, tokens.length())
                .filter(token -> tokenizer.compared(tokens.tokenIds()[token]))
                .mapToObj(token -> vectors[token])
                .toArray(float[][]::new);
        return new Document(compared, tokens.truncated(), tokens.length());
    }

    private float[][] vectors(TokenSequence tokens) {
        return projection.vectors(tokens.length(), backend.run(List.of(tokens))[0]);
    }

    /**
     * Returns the sum, over the tokens of the query, of the greatest inner product with a token of the document
     * (Khattab, Zaharia, ColBERT, SIGIR 2020).
     */
    private static double maxSim(float[][] query, float[][] document) {
        double sum = 0;
        for (float[] asked : query) {
            float greatest = Float.NEGATIVE_INFINITY;
            for (float[] token : document) {
                greatest = Math.max(greatest, dot(asked, token)); // NaN stays NaN
            }
            sum += greatest;
        }
        return sum;
    }

    private static float dot(float[] a, float[] b) {
        float dot = 0;
        for (int i = 0; i < a.length; i++) {
            dot += a[i] * b[i];
        }
        return dot;
    }

    @Override
    public void close() {
        documents.invalidateAll();
        backend.close();
        tokenizer.close();
    }

    /** The vectors of the tokens of a document that are compared. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Document(float[][] vectors, boolean truncated, int tokens) {}

    /** A query, whose vectors the first worker that needs them computes for all. */
    private final class Query {

        private final TokenSequence tokens;
        private final LongAdder tokenizing = new LongAdder();
        private float @Nullable [][] vectors;

        private Query(TokenSequence tokens) {
            this.tokens = tokens;
        }

        private synchronized float[][] vectors() {
            if (vectors == null) {
                vectors = LateInteractionStrategy.this.vectors(tokens);
            }
            return vectors;
        }
    }
}
