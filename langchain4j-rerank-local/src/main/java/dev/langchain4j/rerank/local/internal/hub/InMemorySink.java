package dev.langchain4j.rerank.local.internal.hub;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.channels.Channels;
import java.util.concurrent.atomic.AtomicLong;

/** A sink that keeps a small body in memory. */
final class InMemorySink implements HubHttp.Sink {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final AtomicLong count = new AtomicLong();
    private final long limit;

    /**
     * Creates a sink.
     *
     * @param limit maximum number of bytes; more are refused
     */
    InMemorySink(long limit) {
        this.limit = limit;
    }

    @Override
    public BoundedBody open(ResponseInfo answer) {
        return new BoundedBody(Channels.newChannel(bytes), limit, count);
    }

    @Override
    public long received() {
        return count.get();
    }

    @Override
    public void tick() {}

    byte[] bytes() {
        return bytes.toByteArray();
    }
}
