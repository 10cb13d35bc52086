package dev.langchain4j.rerank.local.internal.hub;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Endpoint, cache and credentials of the hub.
 *
 * @param endpoint without a slash at the end
 * @param cache the directory of Python's {@code huggingface_hub}, shared with it
 * @param token null for anonymous requests
 * @param offline whether only the cache is used
 * @param symlinks false copies files into snapshots
 */
record HubSettings(URI endpoint, Path cache, @Nullable HubToken token, boolean offline, boolean symlinks) {

    private static final String DEFAULT_ENDPOINT = "https://huggingface.co";
    private static final Set<String> TRUE = Set.of("1", "ON", "YES", "TRUE");
    private static final Pattern VARIABLE = Pattern.compile("\\$(?:\\{(\\w+)}|(\\w+))");

    /**
     * Returns the settings of the environment, read as {@code huggingface_hub} reads them; an empty variable counts as
     * unset.
     *
     * @throws IllegalArgumentException if a variable is not valid
     * @throws UncheckedIOException if the token file exists but cannot be read
     */
    static HubSettings of(Map<String, String> environment, Path home) {
        return new Environment(environment, home).settings();
    }

    HubSettings withCache(Path other) {
        return new HubSettings(endpoint, other, token, offline, symlinks);
    }

    HubSettings withToken(HubToken other) {
        return new HubSettings(endpoint, cache, other, offline, symlinks);
    }

    HubSettings asOffline() {
        return new HubSettings(endpoint, cache, token, true, symlinks);
    }

    private record Environment(Map<String, String> variables, Path home) {

        HubSettings settings() {
            return new HubSettings(
                    endpoint(),
                    cache(),
                    token(),
                    isTrue("HF_HUB_OFFLINE") || isTrue("TRANSFORMERS_OFFLINE"),
                    !isTrue("HF_HUB_DISABLE_SYMLINKS"));
        }

        private URI endpoint() {
            String given = firstOf("HF_ENDPOINT");
            String text = (given == null ? DEFAULT_ENDPOINT : given).replaceAll("/+$", "");
            try {
                URI uri = new URI(text);
                String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
                boolean web = scheme.equals("https") || scheme.equals("http");
                if (web && uri.getHost() != null && uri.getRawUserInfo() == null && uri.getRawQuery() == null) {
                    return uri;
                }
            } catch (URISyntaxException e) {
                // its message would repeat the value, which may contain a password
            }
            throw new IllegalArgumentException("HF_ENDPOINT must be an http or https URL without a user name, such as "
                    + DEFAULT_ENDPOINT + ", and is not");
        }

        private Path cache() {
            String cache = firstOf("HF_HUB_CACHE", "HUGGINGFACE_HUB_CACHE");
            return cache == null ? hubHome().resolve("hub") : path(cache);
        }

        private Path hubHome() {
            String hubHome = firstOf("HF_HOME");
            if (hubHome != null) {
                return path(hubHome);
            }
            String caches = firstOf("XDG_CACHE_HOME");
            return (caches == null ? home.resolve(".cache") : path(caches)).resolve("huggingface");
        }

        private @Nullable HubToken token() {
            if (isTrue("HF_HUB_DISABLE_IMPLICIT_TOKEN")) {
                return null;
            }
            String token = firstOf("HF_TOKEN", "HUGGING_FACE_HUB_TOKEN");
            if (token == null) {
                token = tokenFile();
            }
            return token == null ? null : new HubToken(token);
        }

        private @Nullable String tokenFile() {
            String named = firstOf("HF_TOKEN_PATH");
            Path file = named == null ? hubHome().resolve("token") : path(named);
            if (!Files.isRegularFile(file)) {
                return null;
            }
            try {
                String token = Files.readString(file).strip();
                return token.isEmpty() ? null : token;
            } catch (IOException e) {
                throw new UncheckedIOException(
                        "the hub token in " + file + " cannot be read: repair the file, or set HF_TOKEN", e);
            }
        }

        private boolean isTrue(String name) {
            String value = firstOf(name);
            return value != null && TRUE.contains(value.toUpperCase(Locale.ROOT));
        }

        private @Nullable String firstOf(String... names) {
            for (String name : names) {
                String value = variables.getOrDefault(name, "").strip();
                if (!value.isEmpty()) {
                    return value;
                }
            }
            return null;
        }

        private Path path(String text) {
            String expanded = VARIABLE.matcher(text).replaceAll(this::valueOf);
            if (expanded.equals("~") || expanded.startsWith("~/")) {
                return home.resolve(expanded.length() > 2 ? expanded.substring(2) : "");
            }
            return Path.of(expanded).toAbsolutePath();
        }

        /** Expands variables; an unknown one stays as it is, as in Python's {@code expandvars}. */
        private String valueOf(MatchResult variable) {
            String name = variable.group(1) == null ? variable.group(2) : variable.group(1);
            return Matcher.quoteReplacement(variables.getOrDefault(name, variable.group()));
        }
    }
}
