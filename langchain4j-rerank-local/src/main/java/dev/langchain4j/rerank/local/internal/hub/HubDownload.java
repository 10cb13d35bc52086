package dev.langchain4j.rerank.local.internal.hub;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The download of one file into a partial file, which the next attempt, or the next run, resumes. The complete file has
 * the size and the checksum that the hub stated. A failure of the disk is an {@link UncheckedIOException}, of the
 * network an {@link IOException}.
 */
final class HubDownload {

    private static final Pattern CONTENT_RANGE = Pattern.compile("bytes (\\d{1,18})-\\d{1,18}/(\\d{1,18})");
    private static final int PARTIAL_CONTENT = 206;
    private static final int RANGE_NOT_SATISFIABLE = 416;

    private final HubHttp http;
    private final URI uri;
    private final HubFile file;
    private final Path partial;
    private final Progress progress;

    /** Is notified of the progress of the file, on the downloading thread. */
    interface Progress {
        void at(long bytes, long size);
    }

    HubDownload(HubHttp http, URI uri, HubFile file, Path partial, Progress progress) {
        this.http = http;
        this.uri = uri;
        this.file = file;
        this.partial = partial;
        this.progress = progress;
    }

    /** Returns the size of the partial file in bytes. */
    long length() {
        return onDisk(() -> Files.exists(partial) ? Files.size(partial) : 0L);
    }

    /**
     * Downloads the missing part.
     *
     * @return the file, complete and checked
     * @throws HubStatusException if the server answers with an error
     * @throws HubProtocolException if the content is not the file that the hub described
     * @throws IOException if another attempt may succeed
     */
    Path attempt() throws IOException, InterruptedException {
        boolean resumed = length() > 0;
        long size;
        try (Transfer transfer = new Transfer()) {
            size = transfer.run();
        }
        if (!onDisk(() -> file.checksum().matches(partial))) {
            onDisk(() -> Files.deleteIfExists(partial));
            String reason = "the content has another checksum than the one stated";
            // the partial file may have been damaged on this disk: download all of it once more
            throw resumed ? new IOException(reason) : new HubProtocolException(reason);
        }
        progress.at(size, size);
        return partial;
    }

    private <T> T onDisk(DiskAction<T> action) {
        try {
            return action.run();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot use " + partial + " for the download of " + file.name(), e);
        }
    }

    private interface DiskAction<T> {
        T run() throws IOException;
    }

    /** Appends the missing part, or starts again if the server sends the whole file. */
    private final class Transfer implements HubHttp.Sink, AutoCloseable {

        private final FileChannel channel = onDisk(() -> FileChannel.open(
                partial, StandardOpenOption.CREATE, StandardOpenOption.APPEND, LinkOption.NOFOLLOW_LINKS));
        private final AtomicLong received = new AtomicLong(onDisk(channel::size));
        private volatile @Nullable Long size = file.size();

        /** Returns the size of the file when all of it is there. */
        long run() throws IOException, InterruptedException {
            Long stated = size;
            if (stated != null && received.get() > stated) {
                restart();
            }
            if (stated == null || received.get() < stated) {
                request();
            }
            Long whole = size;
            if (whole == null || received.get() < whole) {
                throw new IOException("the connection ended after " + received + " of " + whole + " bytes");
            }
            return whole;
        }

        private void request() throws IOException, InterruptedException {
            try {
                http.get(uri, received.get(), this);
            } catch (HubStatusException e) {
                if (e.status() != RANGE_NOT_SATISFIABLE) {
                    throw e;
                }
                restart();
                throw new IOException("it has no such part of the file, which begins anew", e);
            }
        }

        private void restart() {
            onDisk(() -> channel.truncate(0));
            received.set(0);
        }

        @Override
        public BoundedBody open(ResponseInfo answer) throws IOException {
            Long sent = answer.statusCode() == PARTIAL_CONTENT ? sizeOfPart(answer) : sizeOfWhole(answer);
            long whole = agreed(size, sent);
            size = whole;
            return new BoundedBody(channel, whole - received.get(), received);
        }

        private static long agreed(@Nullable Long stated, @Nullable Long sent) throws HubProtocolException {
            if (sent == null) {
                if (stated == null) {
                    throw new HubProtocolException("it does not state the size of the file");
                }
                return stated;
            }
            if (stated != null && !stated.equals(sent)) {
                throw new HubProtocolException("it sends a file of " + sent + " bytes and states " + stated);
            }
            return sent;
        }

        private Long sizeOfPart(ResponseInfo answer) throws IOException {
            Matcher range = CONTENT_RANGE.matcher(
                    answer.headers().firstValue("Content-Range").orElse(""));
            if (!range.matches() || Long.parseLong(range.group(1)) != received.get()) {
                restart();
                throw new IOException("it sends another part of the file than the one asked for");
            }
            return Long.valueOf(range.group(2));
        }

        private @Nullable Long sizeOfWhole(ResponseInfo answer) {
            restart();
            OptionalLong length = answer.headers().firstValueAsLong("Content-Length");
            return length.isPresent() ? length.getAsLong() : null;
        }

        @Override
        public long received() {
            return received.get();
        }

        @Override
        public void tick() {
            Long whole = size;
            if (whole != null && received.get() < whole) {
                progress.at(received.get(), whole);
            }
        }

        @Override
        public void close() {
            onDisk(() -> {
                channel.close();
                return partial;
            });
        }
    }
}
