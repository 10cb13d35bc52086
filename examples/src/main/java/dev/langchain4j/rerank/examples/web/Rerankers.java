package dev.langchain4j.rerank.examples.web;

import dev.langchain4j.model.scoring.ScoringModel;
import dev.langchain4j.rerank.api.ApiScoringModel;
import dev.langchain4j.rerank.local.CrossEncoderScoringModel;
import dev.langchain4j.rerank.local.msmarcominilml12v2q.MsMarcoMiniLmL12V2QuantizedScoringModel;
import dev.langchain4j.rerank.scoring.CascadeScoringModel;
import dev.langchain4j.rerank.scoring.LongDocumentScoringModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The rerankers to choose from: the model in the jar, ways to use it, and every service whose key is set. */
final class Rerankers implements AutoCloseable {

    /** Retrieval alone. */
    static final String NONE = "none";

    static final String MINILM = "minilm";

    private static final int MAX_TOKENS = 512;
    private static final int BEGINNING = 64;
    private static final int WINDOW = 48;
    private static final int COSTLY = 10;

    private final List<RerankerChoice> choices = new ArrayList<>();
    private final MsMarcoMiniLmL12V2QuantizedScoringModel miniLm = new MsMarcoMiniLmL12V2QuantizedScoringModel();
    private final CrossEncoderScoringModel beginnings = CrossEncoderScoringModel.builder()
            .modelResources(MsMarcoMiniLmL12V2QuantizedScoringModel.class)
            .maxLength(BEGINNING)
            .build();
    private final List<ApiScoringModel> services = new ArrayList<>();

    Rerankers(Map<String, String> environment) {
        choices.add(new RerankerChoice(MINILM, "MiniLM L12, in this JVM", miniLm, MAX_TOKENS));
        choices.add(new RerankerChoice(
                "windows",
                "MiniLM in windows of %d tokens".formatted(WINDOW),
                LongDocumentScoringModel.builder(miniLm)
                        .window(WINDOW)
                        .overlap(WINDOW / 3)
                        .build(),
                MAX_TOKENS));
        choices.add(cascade(
                "cascade",
                "cascade: MiniLM on the first %d tokens, then on the whole text of the best %d"
                        .formatted(BEGINNING, COSTLY),
                beginnings,
                miniLm));
        for (ApiProvider provider : ApiProvider.ALL) {
            ApiScoringModel service = provider.model(environment);
            if (service != null) {
                services.add(service);
                choices.add(new RerankerChoice(provider.id(), provider.label(), service, 0));
                choices.add(cascade(
                        "cascade-" + provider.id(),
                        "cascade: MiniLM, then %s on the best %d".formatted(provider.label(), COSTLY),
                        miniLm,
                        service));
            }
        }
    }

    private static RerankerChoice cascade(String id, String label, ScoringModel cheap, ScoringModel costly) {
        ScoringModel cascade =
                CascadeScoringModel.builder(cheap, costly).keep(COSTLY).build();
        return new RerankerChoice(id, label, cascade, 0);
    }

    List<RerankerChoice> choices() {
        return List.copyOf(choices);
    }

    /** Returns the reranker of that id; null for {@link #NONE}. */
    @Nullable
    RerankerChoice choice(String id) {
        if (id.equals(NONE)) {
            return null;
        }
        return choices.stream()
                .filter(choice -> choice.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("unknown reranker: choose one that the page lists"));
    }

    @Override
    public void close() {
        services.forEach(ApiScoringModel::close);
        beginnings.close();
        miniLm.close();
    }
}
