package dev.langchain4j.rerank.examples.web;

import dev.langchain4j.rerank.examples.ChatModels;
import dev.langchain4j.rerank.examples.Corpus;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** The chain of {@code ./demo} as a chatbot in the browser that shows each move of a passage and its reason. */
public final class WebChat {

    private static final int DEFAULT_PORT = 8080;
    private static final String USAGE =
            "./demo web takes --port NUMBER, from 0 (any free port) to 65535; default " + DEFAULT_PORT;

    private WebChat() {}

    /**
     * Serves until it is interrupted.
     *
     * @throws IllegalArgumentException if the arguments are not valid
     * @throws IllegalStateException if the port is taken or no Milvus is available
     */
    public static void main(List<String> arguments, PrintStream out) throws InterruptedException {
        int port = port(arguments);
        Map<String, String> environment = System.getenv();
        try (Corpus corpus = Corpus.open(out::println);
                Rerankers rerankers = new Rerankers(environment);
                WebServer server = WebServer.start(
                        port,
                        About.of(
                                corpus.description() + " in " + corpus.server().description(),
                                ChatModels.describe(environment),
                                corpus.questions(),
                                rerankers),
                        new Answering(corpus.knowledge(), rerankers, ChatModels.streaming(environment)))) {
            out.printf("%nOpen %s  (Ctrl-C ends it)%n", server.uri());
            new CountDownLatch(1).await();
        }
    }

    private static int port(List<String> arguments) {
        if (arguments.isEmpty()) {
            return DEFAULT_PORT;
        }
        if (arguments.size() != 2
                || !arguments.get(0).equals("--port")
                || !arguments.get(1).matches("\\d{1,5}")
                || Integer.parseInt(arguments.get(1)) > 65_535) {
            throw new IllegalArgumentException(USAGE);
        }
        return Integer.parseInt(arguments.get(1));
    }
}
