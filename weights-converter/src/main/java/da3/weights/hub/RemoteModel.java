package da3.weights.hub;

import da3.weights.hub.HubHttp.Head;
import da3.weights.safetensors.UntrustedText;
import java.net.URI;
import java.util.Optional;

/** A model on the hub. All its files are of one commit: the one that the first answer names. */
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
     * @param name a legal file name
     * @return empty if the model has no such file
     * @throws HubException if there is no such model or revision, or the hub's word of it is no good
     */
    Optional<RemoteFile> file(String name) throws HubException {
        Head head = ask(name);
        if (head.status() == 404) {
            requireModel(head);
        }
        Optional<String> said = head.anyone(COMMIT);
        if (head.status() == 404 && said.isEmpty()) {
            return Optional.empty();
        }
        requireSameCommit(name, said.orElse(""));
        if (head.status() == 404) {
            return Optional.empty();
        }
        return Optional.of(
                new RemoteFile(name, commit.orElseThrow(), etag(name, head), size(name, head), address(name)));
    }

    private Head ask(String name) throws HubException {
        RetryPolicy retryPolicy = new RetryPolicy(environment);
        while (true) {
            try {
                return http.head(address(name), name + " of " + id);
            } catch (TransientFailure e) {
                retryPolicy.failed(e);
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

    private void requireSameCommit(String name, String said) throws HubException {
        if (!HeaderValues.isCommit(said)) {
            throw bad(name, COMMIT, said, "40 hexadecimal digits");
        }
        if (commit.isPresent() && !commit.get().equals(said)) {
            throw bad(name, COMMIT, said, commit.get() + ", since all files are of one commit");
        }
        commit = Optional.of(said);
    }

    private String etag(String name, Head head) throws HubException {
        String said = head.anyone("X-Linked-ETag").or(() -> head.last("ETag")).orElse("");
        return HeaderValues.etag(said)
                .orElseThrow(() -> bad(name, "X-Linked-ETag or ETag", said, "40 or 64 hexadecimal digits"));
    }

    /** The length of a redirect's own body says nothing of the file. */
    private long size(String name, Head head) throws HubException {
        Optional<String> length = head.status() == 200 ? head.last("Content-Length") : Optional.empty();
        String said = head.anyone("X-Linked-Size").or(() -> length).orElse("");
        return HeaderValues.size(said)
                .orElseThrow(() -> bad(name, "X-Linked-Size or Content-Length", said, "a number of at most 15 digits"));
    }

    private HubException bad(String name, String header, String said, String legal) {
        return new HubException("the hub " + settings.endpoint() + " says '" + UntrustedText.shown(said) + "' in "
                + header + " for " + name + " of " + id + "; legal: " + legal);
    }

    private URI address(String name) {
        String revision = commit.orElse(id.revision()).replace("/", "%2F");
        return URI.create(
                settings.endpoint() + "/" + id.owner() + "/" + id.name() + "/resolve/" + revision + "/" + name);
    }
}
