package dev.langchain4j.rerank.local.internal.hub;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * The checksum in the hub's ETag: the SHA-256 of a large file (64 digits), or git's object id of a small one (40
 * digits, the SHA-1 of {@code "blob <length>\0"} and the content). It is the name of the blob in the cache.
 */
record HubChecksum(String hex) {

    private static final Pattern HEX = Pattern.compile("[0-9a-f]{40}|[0-9a-f]{64}");
    private static final int BUFFER = 1 << 16;

    HubChecksum {
        if (!HEX.matcher(hex).matches()) {
            throw new IllegalArgumentException("not a SHA-256 and not a git object id");
        }
    }

    /** Reads a header such as {@code "abc"} or {@code W/"abc"}. */
    static HubChecksum ofETag(String header) {
        String strong = header.startsWith("W/") ? header.substring(2) : header;
        return new HubChecksum(strong.replace("\"", ""));
    }

    /** Returns whether the file has this checksum; reads it once. */
    boolean matches(Path file) throws IOException {
        MessageDigest digest = digest(hex.length() == 64 ? "SHA-256" : "SHA-1");
        if (hex.length() == 40) {
            digest.update(("blob " + Files.size(file) + "\0").getBytes(StandardCharsets.US_ASCII));
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] buffer = new byte[BUFFER];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
            }
        }
        return HexFormat.of().formatHex(digest.digest()).equals(hex);
    }

    private static MessageDigest digest(String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has " + algorithm, e);
        }
    }
}
