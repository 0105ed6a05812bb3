package da3.weights.hub;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/** A process that pulls one model, with the arguments endpoint, cache and id. */
final class PullOnce {

    private PullOnce() {}

    public static void main(String[] args) throws HubException {
        HubSettings settings = new HubSettings(URI.create(args[0]), Path.of(args[1]), Optional.empty(), false);
        new HubClient(settings, warning -> {}).pull(HubId.parse(args[2]), HubProgress.NONE);
    }
}
