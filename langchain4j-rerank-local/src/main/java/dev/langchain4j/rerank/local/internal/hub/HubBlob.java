package dev.langchain4j.rerank.local.internal.hub;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jspecify.annotations.Nullable;

/** The content of a file in the cache, in the hands of the one thread that may write it until it is closed. */
final class HubBlob implements AutoCloseable {

    private final Path path;
    private final HubLock lock;
    private final boolean symlinks;

    HubBlob(Path path, HubLock lock, boolean symlinks) {
        this.path = path;
        this.lock = lock;
        this.symlinks = symlinks;
    }

    /** Whether the content is here, in its size if that is known. */
    boolean exists(@Nullable Long size) throws IOException {
        return Files.isRegularFile(path) && (size == null || Files.size(path) == size);
    }

    /**
     * Where the content is gathered. Not the name that Python uses: its locks do not keep us out, nor ours it, and two
     * that append to one file spoil it.
     */
    Path partial() {
        return path.resolveSibling(path.getFileName() + ".jvm.incomplete");
    }

    /** Makes the content, which {@link #partial()} has in full, visible to all. */
    void complete() throws IOException {
        Files.move(partial(), path, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Makes the content visible as a file; a copy of it where there are no symbolic links. */
    void showAs(Path file) throws IOException {
        if (Files.exists(file)) {
            return;
        }
        // a link to a blob that is gone
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
            // Windows without the privilege; a Python that was faster has left a file
            return Files.exists(file);
        }
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }
}
