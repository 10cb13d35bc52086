package dev.langchain4j.rerank.local.internal.hub;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/**
 * The files of a revision.
 *
 * @param commit the revision's commit, 40 hexadecimal digits
 * @param files names with slashes, none of which leads out of the repository
 */
record HubListing(String commit, Set<String> files) {

    private static final ObjectMapper JSON = JsonMapper.builder().build();

    HubListing {
        files = Collections.unmodifiableSet(new TreeSet<>(files));
    }

    /** Reads the hub's response for a model. */
    static HubListing read(byte[] json) throws HubProtocolException {
        JsonNode root = parse(json);
        String commit = root.path("sha").asText();
        if (!HubModel.COMMIT.matcher(commit).matches()) {
            throw new HubProtocolException("its answer about the model has no commit in \"sha\"");
        }
        Set<String> files = new TreeSet<>();
        for (JsonNode sibling : root.path("siblings")) {
            files.add(inside(sibling.path("rfilename").asText()));
        }
        return new HubListing(commit, files);
    }

    private static JsonNode parse(byte[] json) throws HubProtocolException {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            // Jackson's message quotes the source; the cause is omitted, as the text may not come from the hub
            throw new HubProtocolException("its answer about the model is not JSON");
        } catch (IOException e) {
            throw new IllegalStateException("reading from memory failed", e);
        }
    }

    /** A name with a segment that climbs, or with a root, under the rules of any system, is an attack. */
    private static String inside(String name) throws HubProtocolException {
        String unix = name.replace('\\', '/');
        boolean rooted = unix.startsWith("/") || unix.matches("[A-Za-z]:.*");
        if (rooted || ("/" + unix + "/").contains("/../")) {
            throw new HubProtocolException("it lists a file named \"" + name + "\", which lies outside of the model");
        }
        return name;
    }
}
