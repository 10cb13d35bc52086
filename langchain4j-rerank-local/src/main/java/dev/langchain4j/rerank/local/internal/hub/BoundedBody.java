package dev.langchain4j.rerank.local.internal.hub;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A response body that is written to a channel as it arrives, up to its announced size. A failure of the channel is an
 * {@link UncheckedIOException}, so that a full disk is not mistaken for a bad connection.
 */
final class BoundedBody implements BodySubscriber<Void> {

    private final WritableByteChannel channel;
    private final long limit;
    private final AtomicLong count;
    private final CompletableFuture<Void> end = new CompletableFuture<>();
    private long written;
    private @Nullable Subscription subscription;

    /**
     * Creates the subscriber of a body.
     *
     * @param limit maximum number of bytes; more are refused
     * @param count counts the bytes written, for observers
     */
    BoundedBody(WritableByteChannel channel, long limit, AtomicLong count) {
        this.channel = channel;
        this.limit = limit;
        this.count = count;
    }

    @Override
    public CompletionStage<Void> getBody() {
        return end;
    }

    @Override
    public void onSubscribe(Subscription given) {
        subscription = given;
        given.request(1);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        Subscription source = subscription;
        if (source == null || end.isDone()) {
            return;
        }
        try {
            for (ByteBuffer buffer : buffers) {
                write(buffer);
            }
            source.request(1);
        } catch (HubProtocolException e) {
            source.cancel();
            end.completeExceptionally(e);
        } catch (IOException e) {
            source.cancel();
            end.completeExceptionally(new UncheckedIOException(e));
        }
    }

    private void write(ByteBuffer buffer) throws IOException {
        int size = buffer.remaining();
        if (written + size > limit) {
            throw new HubProtocolException("it sends more than the " + limit + " bytes that may come");
        }
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
        written += size;
        count.addAndGet(size);
    }

    @Override
    public void onError(Throwable failure) {
        end.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
        end.complete(null);
    }

    /**
     * Returns the subscriber of a body that is not read: the connection is dropped instead of reading a body that may
     * never end.
     *
     * @param why why the response is not usable; null if its headers alone are the response
     */
    record Unread(@Nullable IOException why) implements BodySubscriber<Void> {

        @Override
        public CompletionStage<Void> getBody() {
            return why == null ? CompletableFuture.completedFuture(null) : CompletableFuture.failedFuture(why);
        }

        @Override
        public void onSubscribe(Subscription given) {
            given.cancel();
        }

        @Override
        public void onNext(List<ByteBuffer> buffers) {}

        @Override
        public void onError(Throwable failure) {}

        @Override
        public void onComplete() {}
    }
}
