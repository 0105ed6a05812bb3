package da3.weights.hub;

import da3.geometry.check.Check;
import da3.weights.hub.HubHttp.Head;
import da3.weights.safetensors.UntrustedText;
import java.net.URI;
import java.util.Optional;

/** A model on the hub. All its files are from the commit of the first response. */
final class RemoteModel {

    private static final String COMMIT = "X-Repo-Commit";

    private static final String NO_REVISION = "RevisionNotFound";

    private final HubId id;
    private final HubSettings settings;
    private final HubHttp http;
    private final HubEnvironment environment;
    private Optional<String> commit;

    RemoteModel(HubId id, HubSettings settings, HubHttp http, HubEnvironment environment) {
        this.id = id;
        this.settings = settings;
        this.http = http;
        this.environment = environment;
        this.commit = Optional.of(id.revision()).filter(HeaderValues::isCommit);
    }

    /**
     * Requests the description of a file.
     *
     * @param name valid file name
     * @return empty if the model has no such file
     * @throws HubException if there is no such model or revision, or the headers of the hub are not valid
     */
    Optional<RemoteFile> file(String name) throws HubException {
        Head head = head(name);
        if (head.status() == 404) {
            requireModel(head);
        }
        Optional<String> value = head.newest(COMMIT);
        if (head.status() == 404 && value.isEmpty()) {
            return Optional.empty();
        }
        requireSameCommit(name, value.orElse(""));
        if (head.status() == 404) {
            return Optional.empty();
        }
        return Optional.of(
                new RemoteFile(name, commit.orElseThrow(), etag(name, head), size(name, head), address(name)));
    }

    private Head head(String name) throws HubException {
        RetryPolicy retryPolicy = new RetryPolicy(environment);
        while (true) {
            try {
                return http.head(address(name), name + " of " + id);
            } catch (TransientFailure e) {
                retryPolicy.backOff(e);
            }
        }
    }

    private void requireModel(Head head) throws HubException {
        String code = head.last(HttpErrors.ERROR_CODE).orElse("");
        if (code.equals(HttpErrors.NO_MODEL)) {
            throw new HubException("the hub " + settings.endpoint() + " has no model " + id.owner() + "/" + id.name());
        }
        if (code.equals(NO_REVISION)) {
            throw new HubException("the model " + id.owner() + "/" + id.name() + " has no revision " + id.revision());
        }
    }

    private void requireSameCommit(String name, String value) throws HubException {
        if (!HeaderValues.isCommit(value)) {
            throw invalidHeader(name, COMMIT, value, "40 hexadecimal digits");
        }
        if (commit.isPresent() && !commit.get().equals(value)) {
            throw invalidHeader(name, COMMIT, value, commit.get() + ", since all files are from one commit");
        }
        commit = Optional.of(value);
    }

    private String etag(String name, Head head) throws HubException {
        String value = head.newest("X-Linked-ETag").or(() -> head.last("ETag")).orElse("");
        return HeaderValues.etag(value)
                .orElseThrow(() -> invalidHeader(name, "X-Linked-ETag or ETag", value, "40 or 64 hexadecimal digits"));
    }

    /** Returns the size of a file; the length of a redirect body does not count. */
    private long size(String name, Head head) throws HubException {
        Optional<String> length = head.status() == 200 ? head.last("Content-Length") : Optional.empty();
        String value = head.newest("X-Linked-Size").or(() -> length).orElse("");
        return HeaderValues.size(value)
                .orElseThrow(() ->
                        invalidHeader(name, "X-Linked-Size or Content-Length", value, "a number of at most 15 digits"));
    }

    private HubException invalidHeader(String name, String header, String value, String requirement) {
        return new HubException(Check.message(
                header + " of " + name + " of " + id + " from the hub " + settings.endpoint(),
                requirement,
                "'" + UntrustedText.shown(value) + "'"));
    }

    private URI address(String name) {
        String revision = commit.orElse(id.revision()).replace("/", "%2F");
        return URI.create(
                settings.endpoint() + "/" + id.owner() + "/" + id.name() + "/resolve/" + revision + "/" + name);
    }
}
