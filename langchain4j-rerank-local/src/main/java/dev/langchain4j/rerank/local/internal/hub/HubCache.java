package dev.langchain4j.rerank.local.internal.hub;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One model's part of the cache, laid out as by Python's {@code huggingface_hub}:
 *
 * <pre>
 * models--org--name/blobs/&lt;checksum&gt;              contents
 * models--org--name/snapshots/&lt;commit&gt;/&lt;file&gt;    relative links to them
 * models--org--name/refs/&lt;branch or tag&gt;          its last known commit
 * models--org--name/.no_exist/&lt;commit&gt;/&lt;file&gt;    empty: the commit has no such file
 * .locks/models--org--name/&lt;checksum&gt;.lock        held while a blob is written
 * </pre>
 */
final class HubCache {

    private final Path root;
    private final Path folder;
    private final Path locks;
    private final boolean symlinks;

    HubCache(HubSettings settings, HubModel model) {
        this.root = settings.cache();
        this.folder = root.resolve(model.folder());
        this.locks = root.resolve(".locks").resolve(model.folder());
        this.symlinks = settings.symlinks();
    }

    /** Returns the directory of the files of a commit. */
    Path snapshot(String commit) {
        return folder.resolve("snapshots").resolve(commit);
    }

    /** Returns the file that records the commit of a branch or tag. */
    Path ref(String revision) {
        return folder.resolve("refs").resolve(revision);
    }

    /** Returns the commit of a revision when it was last resolved; null if it is not recorded. */
    @Nullable
    String commit(HubModel model) throws IOException {
        if (model.pinned()) {
            return model.revision();
        }
        Path ref = ref(model.revision());
        if (!Files.isRegularFile(ref)) {
            return null;
        }
        String commit = Files.readString(ref).strip();
        return HubModel.COMMIT.matcher(commit).matches() ? commit : null;
    }

    /** Records the commit of a branch or tag. */
    void remember(HubModel model, String commit) throws IOException {
        if (!commit.equals(commit(model))) {
            Path ref = ref(model.revision());
            Path draft = inside(ref.resolveSibling(ref.getFileName() + "." + UUID.randomUUID() + ".tmp"));
            Files.writeString(draft, commit);
            Files.move(draft, ref, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    /** Returns the cached files of a commit. */
    Set<String> names(String commit) throws IOException {
        return namesBelow(snapshot(commit));
    }

    /** Returns the names of files that are known not to exist in the commit. */
    Set<String> absences(String commit) throws IOException {
        return namesBelow(absent(commit));
    }

    /** Records that a file does not exist in the commit. */
    void rememberAbsence(String commit, String name) throws IOException {
        Path marker = inside(absent(commit).resolve(name));
        try {
            Files.createFile(marker);
        } catch (FileAlreadyExistsException e) {
            // known already
        }
    }

    private Path absent(String commit) {
        return folder.resolve(".no_exist").resolve(commit);
    }

    private static Set<String> namesBelow(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return Set.of();
        }
        String separator = directory.getFileSystem().getSeparator();
        try (Stream<Path> paths = Files.walk(directory)) {
            // a link whose blob is gone is no file
            return paths.filter(Files::isRegularFile)
                    .map(path -> directory.relativize(path).toString().replace(separator, "/"))
                    .collect(Collectors.toUnmodifiableSet());
        }
    }

    /** Waits for exclusive access to a blob. */
    HubBlob blob(HubChecksum checksum) throws IOException, InterruptedException {
        Path blob = inside(folder.resolve("blobs").resolve(checksum.hex()));
        Path lock = makeDirectory(locks).resolve(checksum.hex() + ".lock");
        return new HubBlob(blob, HubLock.acquire(lock), symlinks);
    }

    /** Returns the path of a file of a commit; its directory exists. */
    Path snapshotFile(String commit, String name) throws IOException {
        return inside(snapshot(commit).resolve(name));
    }

    /**
     * Refuses a file that is a link to elsewhere.
     *
     * @throws IOException if the file is neither in the cache nor in the model's folder, which may be outside of it
     */
    void requireInside(Path file) throws IOException {
        Path real = file.toRealPath();
        if (!real.startsWith(root.toRealPath()) && !real.startsWith(folder.toRealPath())) {
            throw new IOException(file + " is a link that leads out of the cache, to " + real);
        }
    }

    /** Creates the directory of a file that is about to be written, step by step, and nothing outside of the cache. */
    private Path inside(Path file) throws IOException {
        makeDirectory(folder);
        Path directory = folder;
        for (Path step : folder.relativize(file.resolveSibling(""))) {
            directory = makeDirectory(directory.resolve(step));
            requireInside(directory);
        }
        return file;
    }

    private static Path makeDirectory(Path directory) throws IOException {
        // createDirectories refuses a link to a directory, which is fine here
        return Files.isDirectory(directory) ? directory : Files.createDirectories(directory);
    }
}
