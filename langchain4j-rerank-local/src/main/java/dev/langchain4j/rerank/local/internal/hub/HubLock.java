package dev.langchain4j.rerank.local.internal.hub;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLockInterruptionException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A lock that gives a blob to one thread of one process. The lock file stays when the lock is released: if it were
 * deleted, two processes could each lock a file of that name.
 */
final class HubLock implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(HubLock.class);

    // A file lock belongs to the whole JVM, and closing any channel of the file releases it: the threads of a JVM queue
    // before they open the file.
    private static final Set<Path> CLAIMED = new HashSet<>();

    private final Path file;
    private @Nullable FileChannel channel;

    private HubLock(Path file) {
        this.file = file;
    }

    /**
     * Waits for the lock as long as its holder needs; an interrupt ends the wait.
     *
     * @param file in a directory that exists
     */
    static HubLock acquire(Path file) throws IOException, InterruptedException {
        Path one = file.resolveSibling("").toRealPath().resolve(file.getFileName());
        HubLock lock = new HubLock(one);
        claim(one);
        try {
            lock.lockFile();
            return lock;
        } catch (IOException | InterruptedException e) {
            lock.close();
            throw e;
        }
    }

    private static void claim(Path file) throws InterruptedException {
        synchronized (CLAIMED) {
            while (!CLAIMED.add(file)) {
                CLAIMED.wait();
            }
        }
    }

    private void lockFile() throws IOException, InterruptedException {
        FileChannel opened =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
        channel = opened;
        try {
            if (opened.tryLock() == null) {
                LOG.debug("Waiting for another process that holds {}", file);
                opened.lock();
            }
        } catch (FileLockInterruptionException | ClosedByInterruptException e) {
            // the catcher of the other exception sets the flag again
            Thread.interrupted();
            throw new InterruptedException("interrupted while waiting for " + file);
        }
    }

    /** Releases the lock. */
    @Override
    public void close() throws IOException {
        try {
            if (channel != null) {
                channel.close();
            }
        } finally {
            synchronized (CLAIMED) {
                CLAIMED.remove(file);
                CLAIMED.notifyAll();
            }
        }
    }
}
