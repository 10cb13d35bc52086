package dev.langchain4j.rerank.local.internal.hub;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jspecify.annotations.Nullable;

/** The content of a file in the cache. Only the thread that opened it may write it, until it is closed. */
final class HubBlob implements AutoCloseable {

    private final Path path;
    private final HubLock lock;
    private final boolean symlinks;

    HubBlob(Path path, HubLock lock, boolean symlinks) {
        this.path = path;
        this.lock = lock;
        this.symlinks = symlinks;
    }

    /** Returns whether the content is there, with its size if that is known. */
    boolean exists(@Nullable Long size) throws IOException {
        return Files.isRegularFile(path) && (size == null || Files.size(path) == size);
    }

    /**
     * Returns the file that collects the content. Its name differs from that of Python, whose locks are not compatible
     * with these: two processes that append to one file corrupt it.
     */
    Path partial() {
        return path.resolveSibling(path.getFileName() + ".jvm.incomplete");
    }

    /** Publishes the content, which is complete in {@link #partial()}. */
    void complete() throws IOException {
        Files.move(partial(), path, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Publishes the content as a file; as a copy if there are no symbolic links. */
    void showAs(Path file) throws IOException {
        if (Files.exists(file)) {
            return;
        }
        // a link to a deleted blob
        Files.deleteIfExists(file);
        if (!symlinks || !link(file)) {
            Path copy = path.resolveSibling(path.getFileName() + ".copy.incomplete");
            Files.copy(path, copy, StandardCopyOption.REPLACE_EXISTING);
            Files.move(copy, file, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    private boolean link(Path file) throws IOException {
        try {
            Files.createSymbolicLink(file, file.resolveSibling("").relativize(path));
            return true;
        } catch (UnsupportedOperationException | FileSystemException e) {
            // Windows without the privilege, or a Python process was faster
            return Files.exists(file);
        }
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }
}
