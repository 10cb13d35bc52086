package dev.langchain4j.rerank.scoring;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.TokenUsage;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import java.util.regex.Pattern;

/** A chat model that answers with a function of the passages that it is shown, and remembers what it was asked. */
final class FakeChatModel implements ChatModel {

    private static final Pattern PASSAGE = Pattern.compile("(?m)^\\[\\d+] (.*)$");

    private final Function<List<String>, String> reply;
    private final Set<Capability> capabilities;
    private final List<ChatRequest> requests = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Void> reached = new CompletableFuture<>();
    private final CompletableFuture<Void> stopped = new CompletableFuture<>();
    private volatile boolean held;

    FakeChatModel(Function<List<String>, String> reply, Capability... capabilities) {
        this.reply = reply;
        this.capabilities = Set.of(capabilities);
    }

    /** From now on calls are not answered: sync ones block, async ones stay open. */
    void hold() {
        held = true;
    }

    CompletableFuture<?> reached() {
        return reached;
    }

    CompletableFuture<?> stopped() {
        return stopped;
    }

    List<ChatRequest> requests() {
        return List.copyOf(requests);
    }

    /** The passages of a request, in the order of their numbers. */
    static List<String> passages(ChatRequest request) {
        return PASSAGE.matcher(prompt(request))
                .results()
                .map(line -> line.group(1))
                .toList();
    }

    static String prompt(ChatRequest request) {
        return ((UserMessage) request.messages().get(1)).singleText();
    }

    @Override
    public Set<Capability> supportedCapabilities() {
        return capabilities;
    }

    @Override
    public ChatResponse doChat(ChatRequest request) {
        requests.add(request);
        reached.complete(null);
        if (held) {
            block();
        }
        return ChatResponse.builder()
                .aiMessage(AiMessage.from(reply.apply(passages(request))))
                .modelName("fake-chat")
                .tokenUsage(new TokenUsage(100, 10))
                .build();
    }

    private void block() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            stopped.complete(null);
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted while chatting");
        }
    }

    @Override
    public CompletableFuture<ChatResponse> doChatAsync(ChatRequest request) {
        if (!held) {
            return CompletableFuture.completedFuture(doChat(request));
        }
        requests.add(request);
        CompletableFuture<ChatResponse> open = new CompletableFuture<>();
        CompletableFuture<?> unused = open.whenComplete((response, failure) -> {
            if (open.isCancelled()) {
                stopped.complete(null);
            }
        });
        reached.complete(null);
        return open;
    }
}
