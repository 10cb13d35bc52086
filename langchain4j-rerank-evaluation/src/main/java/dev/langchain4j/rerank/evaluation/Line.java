package dev.langchain4j.rerank.evaluation;

import dev.langchain4j.rerank.internal.Arguments;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Spliterator;
import java.util.Spliterators.AbstractSpliterator;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * A line of a file with its number, for precise error messages.
 *
 * @param number line number, from 1
 */
record Line(Path file, long number, String text) {

    /**
     * Returns the lines of a UTF-8 file, read lazily; a file whose name ends in {@code .gz} is decompressed. Close the
     * stream.
     */
    static Stream<Line> in(Path file) {
        BufferedReader reader = open(Arguments.required("file", file, "pass the file to read"));
        return StreamSupport.stream(new Reading(file, reader), false).onClose(() -> close(file, reader));
    }

    boolean blank() {
        return text.isBlank();
    }

    /** Returns an exception about this line. The message never contains the line itself, which may be a document. */
    IllegalArgumentException malformed(String complaint) {
        return new IllegalArgumentException(at(file, number) + complaint);
    }

    private static String at(Path file, long number) {
        return "%s line %d: ".formatted(file, number);
    }

    private static BufferedReader open(Path file) {
        try {
            InputStream bytes = Files.newInputStream(file);
            InputStream plain = file.toString().endsWith(".gz") ? decompressed(bytes) : bytes;
            return new BufferedReader(new InputStreamReader(plain, StandardCharsets.UTF_8.newDecoder()));
        } catch (NoSuchFileException e) {
            throw new UncheckedIOException("%s does not exist: check the path".formatted(file), e);
        } catch (IOException e) {
            throw new UncheckedIOException("%s cannot be opened: %s".formatted(file, e.getMessage()), e);
        }
    }

    private static InputStream decompressed(InputStream bytes) throws IOException {
        try {
            return new GZIPInputStream(bytes);
        } catch (IOException e) {
            bytes.close();
            throw e;
        }
    }

    private static void close(Path file, BufferedReader reader) {
        try {
            reader.close();
        } catch (IOException e) {
            throw new UncheckedIOException("%s cannot be closed: %s".formatted(file, e.getMessage()), e);
        }
    }

    private static final class Reading extends AbstractSpliterator<Line> {

        private final Path file;
        private final BufferedReader reader;
        private long number;

        private Reading(Path file, BufferedReader reader) {
            super(Long.MAX_VALUE, Spliterator.ORDERED | Spliterator.NONNULL);
            this.file = file;
            this.reader = reader;
        }

        @Override
        public boolean tryAdvance(Consumer<? super Line> action) {
            number++;
            String text = next();
            if (text == null) {
                return false;
            }
            action.accept(new Line(file, number, text));
            return true;
        }

        private @Nullable String next() {
            try {
                return reader.readLine();
            } catch (CharacterCodingException e) {
                throw new UncheckedIOException(
                        at(file, number) + "not UTF-8 here or in the lines after it; convert the file to UTF-8", e);
            } catch (IOException e) {
                throw new UncheckedIOException(at(file, number) + "cannot be read: " + e.getMessage(), e);
            }
        }
    }
}
