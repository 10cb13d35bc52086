package dev.langchain4j.rerank.api;

import dev.langchain4j.model.scoring.ScoringModel;
import dev.langchain4j.rerank.testkit.ScoringModelContract;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

class ApiScoringModelContractTest extends ScoringModelContract {

    /** Threads of other tests' models. */
    private final Set<Thread> before = Thread.getAllStackTraces().keySet();

    private final StubService service = new StubService();
    private final OkHttpClient lent = new OkHttpClient();
    private final List<AutoCloseable> opened = new ArrayList<>(List.of(service));

    @AfterEach
    void close_servers() throws Exception {
        for (AutoCloseable closeable : opened) {
            closeable.close();
        }
        lent.dispatcher().executorService().shutdown();
    }

    @Override
    protected ScoringModel model() {
        return service.model().maxDocumentsPerRequest(4).build();
    }

    @Override
    protected Hook<Integer> calls() {
        return Hook.of(service.requests());
    }

    @Override
    protected Hook<ScoringModel> modelAnswering(List<@Nullable Double> scores) {
        service.failing(request -> StubService.json(StubService.answer(scores)));
        return Hook.of(service.model().okHttpClient(lent).build());
    }

    @Override
    protected Hook<HeldModel> heldModel() throws IOException {
        ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        opened.add(silent);
        CompletableFuture<Void> reached = new CompletableFuture<>();
        CompletableFuture<Void> stopped = new CompletableFuture<>();
        Thread reader = new Thread(() -> {
            try (Socket socket = silent.accept()) {
                byte[] buffer = new byte[8192];
                while (socket.getInputStream().read(buffer) >= 0) {
                    reached.complete(null);
                }
                stopped.complete(null);
            } catch (IOException e) {
                stopped.complete(null); // a reset ends the connection as well
            }
        });
        reader.setDaemon(true);
        reader.start();
        ApiScoringModel model = service.model()
                .baseUrl("http://127.0.0.1:" + silent.getLocalPort())
                .build();
        opened.add(model);
        return Hook.of(new HeldModel(model, reached, stopped));
    }

    @Override
    protected Hook<Boolean> ownedIsReleased() {
        try {
            for (Thread thread : own()) {
                thread.join(5_000);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return Hook.of(own().isEmpty());
    }

    private List<Thread> own() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("rerank-api") && !before.contains(thread))
                .toList();
    }

    @Override
    protected Hook<Boolean> borrowedIsOpen() {
        return Hook.notApplicable("the model of model() is lent nothing");
    }
}
