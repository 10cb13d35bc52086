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
 * Writes a body into a channel as it comes, and no more of it than was announced. A channel that fails ends it with an
 * {@link UncheckedIOException}, so that a full disk is not taken for a bad line.
 */
final class BoundedBody implements BodySubscriber<Void> {

    private final WritableByteChannel channel;
    private final long limit;
    private final AtomicLong count;
    private final CompletableFuture<Void> end = new CompletableFuture<>();
    private long written;
    private @Nullable Subscription subscription;

    /**
     * @param limit bytes, more than which are refused
     * @param count is raised by what was written, for whoever watches
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
     * A body that nobody reads: the connection is given up rather than read to an end that may never come.
     *
     * @param why the answer is no answer; null if it is one by its headers alone
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
