package dev.langchain4j.rerank.examples;

import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.memory.ChatMemory;
import dev.langchain4j.memory.chat.MessageWindowChatMemory;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.scoring.ScoringModel;
import dev.langchain4j.rag.content.Content;
import dev.langchain4j.rag.content.aggregator.DefaultContentAggregator;
import dev.langchain4j.rerank.Ranking;
import dev.langchain4j.rerank.RerankingContentAggregator;
import dev.langchain4j.rerank.local.msmarcominilml12v2q.MsMarcoMiniLmL12V2QuantizedScoringModel;
import dev.langchain4j.service.Result;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.Reader;
import java.nio.channels.Channels;
import java.nio.charset.Charset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The chain of {@link RagOverMilvus} as a chatbot in the terminal. */
public final class ConsoleChat {

    private static final int CANDIDATES = 50;
    private static final int TOP_K = 5;
    private static final String HELP = """
              :rerank on|off   answer with reranking (as at the start) or from retrieval alone, to see the difference
              :why             what retrieval and the reranker put first for the last question
              :help            this list
              :quit            leave""";

    private final Assistant withReranking;
    private final Assistant withoutReranking;
    private final PrintStream out;
    private boolean rerank = true;
    private @Nullable Ranking lastRanking;

    ConsoleChat(KnowledgeBase knowledge, ScoringModel scoringModel, ChatModel chatModel, PrintStream out) {
        RerankingContentAggregator aggregator =
                RerankingContentAggregator.builder(scoringModel).topK(TOP_K).build();
        ChatMemory memory = MessageWindowChatMemory.withMaxMessages(10);
        this.withReranking = RagChain.assistant(
                knowledge.retriever(CANDIDATES), retrieved -> remember(aggregator.rank(retrieved)), chatModel, memory);
        this.withoutReranking =
                RagChain.assistant(knowledge.retriever(TOP_K), new DefaultContentAggregator(), chatModel, memory);
        this.out = out;
    }

    public static void main(String[] args) throws IOException {
        PrintStream out = System.out;
        // Unlike System.in, a channel releases a thread that is interrupted while it waits for a line.
        try (Corpus corpus = Corpus.open(out::println);
                MsMarcoMiniLmL12V2QuantizedScoringModel scoringModel = new MsMarcoMiniLmL12V2QuantizedScoringModel();
                FileInputStream terminal = new FileInputStream(FileDescriptor.in);
                Reader input = Channels.newReader(terminal.getChannel(), Charset.defaultCharset())) {
            ConsoleChat chat = new ConsoleChat(corpus.knowledge(), scoringModel, ChatModels.from(System.getenv()), out);
            out.printf("Ask about %s; :help lists the commands.%n", corpus.description());
            chat.run(input);
        }
    }

    /** Reads questions and commands until {@code :quit} or the end of the input. */
    void run(Reader input) throws IOException {
        BufferedReader lines = new BufferedReader(input);
        while (true) {
            out.print("> ");
            out.flush();
            String line = lines.readLine();
            if (line == null || line.strip().equals(":quit")) {
                out.println();
                return;
            }
            if (!line.isBlank()) {
                respond(line.strip());
            }
        }
    }

    private void respond(String line) {
        switch (line) {
            case ":help" -> out.println(HELP);
            case ":why" -> why();
            case ":rerank on" -> rerank(true);
            case ":rerank off" -> rerank(false);
            default -> {
                if (line.startsWith(":")) {
                    out.println("  unknown command: " + line + "\n" + HELP);
                } else {
                    answer(line);
                }
            }
        }
    }

    private void rerank(boolean on) {
        rerank = on;
        lastRanking = null;
        out.println(
                on
                        ? "  reranking is on"
                        : "  reranking is off: answers come from the first %d passages that Milvus found"
                                .formatted(TOP_K));
    }

    private void why() {
        if (lastRanking != null) {
            CandidateTable.print(lastRanking, out);
        } else {
            out.println(rerank ? "  ask a question first" : "  reranking is off: Milvus determines the order");
        }
    }

    private void answer(String question) {
        try {
            Result<String> result = (rerank ? withReranking : withoutReranking).answer(question);
            out.println("  " + result.content());
            cite(result.sources());
        } catch (MilvusAddress.NoAnswerException e) {
            out.println("  " + e.getMessage());
        }
    }

    private void cite(List<Content> sources) {
        for (int i = 0; i < sources.size(); i++) {
            TextSegment segment = sources.get(i).textSegment();
            out.printf(
                    "    [%d] %s, %s%n",
                    i + 1,
                    segment.metadata().getString(ComputingHistory.TITLE),
                    segment.metadata().getString(ComputingHistory.SOURCE));
        }
    }

    private List<Content> remember(Ranking ranking) {
        lastRanking = ranking;
        return ranking.kept().stream().map(kept -> kept.content()).toList();
    }
}
