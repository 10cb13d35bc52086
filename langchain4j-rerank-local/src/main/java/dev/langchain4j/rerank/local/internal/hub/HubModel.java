package dev.langchain4j.rerank.local.internal.hub;

import dev.langchain4j.rerank.InvalidOptionException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * A model of the hub at a revision, as named by the user. Both become part of URLs and paths, so names that could lead
 * anywhere else are refused here.
 *
 * @param id {@code organisation/name}, or {@code name} alone for the few models without an organisation
 * @param revision a branch, a tag or a commit
 */
record HubModel(String id, String revision) {

    static final String DEFAULT_REVISION = "main";

    // the hub's own rule: letters and digits at both ends of a part, 96 characters at most
    private static final String PART = "\\w(?:[\\w.-]{0,94}\\w)?";
    private static final Pattern ID = Pattern.compile("(?:" + PART + "/)?" + PART);

    private static final String REF_PART = "[\\w+@=-][\\w.+@=-]*";
    private static final Pattern REVISION = Pattern.compile(REF_PART + "(?:/" + REF_PART + ")*");
    private static final int MAX_REVISION_LENGTH = 200;

    static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}");

    HubModel {
        checkId(id);
        checkRevision(revision);
    }

    /** Returns the id if it is valid, otherwise throws an {@link InvalidOptionException}. */
    static String checkId(String id) {
        if (!ID.matcher(id).matches() || id.contains("..") || id.contains("--") || id.endsWith(".git")) {
            throw new InvalidOptionException(
                    "modelName",
                    "modelName must be \"organisation/name\" as on the hub: letters, digits,"
                            + " single '.', '_' and '-' in each part, not ending in .git; got \"" + id + "\"");
        }
        return id;
    }

    /** Returns the revision if it is valid, otherwise throws an {@link InvalidOptionException}. */
    static String checkRevision(String revision) {
        if (revision.length() > MAX_REVISION_LENGTH
                || !REVISION.matcher(revision).matches()
                || revision.contains("..")) {
            throw new InvalidOptionException(
                    "revision",
                    "revision must be a branch, a tag or a commit of the model's repository, got \"" + revision + "\"");
        }
        return revision;
    }

    /** Returns whether the revision is a commit, so that its files never change. */
    boolean pinned() {
        return COMMIT.matcher(revision).matches();
    }

    /** Returns the model's folder in the cache. */
    String folder() {
        return "models--" + id.replace("/", "--");
    }

    URI listing(URI endpoint) {
        return URI.create(endpoint + "/api/models/" + id + "/revision/" + encode(revision));
    }

    URI file(URI endpoint, String commit, String name) {
        // a path keeps its slashes and has no '+' for a space
        String path = encode(name).replace("%2F", "/").replace("+", "%20");
        return URI.create(endpoint + "/" + id + "/resolve/" + commit + "/" + path);
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return id + " at " + revision;
    }
}
