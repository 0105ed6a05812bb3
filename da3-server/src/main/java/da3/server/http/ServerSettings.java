package da3.server.http;

import da3.geometry.check.Check;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Where a service listens, whom it lets in, and how much it reads.
 *
 * @param host name or address that is listened on
 * @param port 0 for any that is free
 * @param token that every request must carry; needed where others than this machine may connect
 * @param allowedRoots below which a request may name photos and export directories on this machine
 * @param galleryDirectory folders of groups with folders of scenes, shown beside the results
 * @param maxBodyBytes of a request
 * @param maxFiles of an upload
 * @param idleTimeout how long a connection may be silent within a request
 * @param bodyTimeout how long a request's body may take in all
 * @param maxEventStreams that may be open at a time
 * @param allowedModels that a request may load, besides the one of the start
 * @param allowedHosts names in addition to {@code host} that the service may be called by, against DNS rebinding
 */
public record ServerSettings(
        String host,
        int port,
        Optional<String> token,
        List<Path> allowedRoots,
        Optional<Path> galleryDirectory,
        long maxBodyBytes,
        int maxFiles,
        Duration idleTimeout,
        Duration bodyTimeout,
        int maxEventStreams,
        List<String> allowedModels,
        List<String> allowedHosts) {

    /** Of a token: shorter ones can be guessed. */
    static final int MIN_TOKEN_LENGTH = 16;

    public ServerSettings {
        allowedRoots = List.copyOf(allowedRoots);
        allowedModels = List.copyOf(allowedModels);
        allowedHosts = List.copyOf(allowedHosts);
        requireIn(port, 0, 65535, "port");
        requireIn(maxBodyBytes, 1, Long.MAX_VALUE, "maxBodyBytes");
        requireIn(maxFiles, 1, 10_000, "maxFiles");
        requireIn(maxEventStreams, 1, 1_000, "maxEventStreams");
        requireIn(idleTimeout.toMillis(), 1, Integer.MAX_VALUE, "idleTimeout in milliseconds");
        requireIn(bodyTimeout.toMillis(), 1, Integer.MAX_VALUE, "bodyTimeout in milliseconds");
        if (token.isPresent() && !token.get().matches("[\\x21-\\x7e]{" + MIN_TOKEN_LENGTH + ",256}")) {
            throw Check.invalid(
                    "token",
                    MIN_TOKEN_LENGTH + " to 256 printable ASCII characters",
                    token.get().length() + " characters");
        }
    }

    /** Loopback at port 8008 without a token: uploads of 1 GB, 200 files and 10 minutes, and no paths of this machine. */
    public static ServerSettings defaults() {
        return new ServerSettings(
                "127.0.0.1",
                8008,
                Optional.empty(),
                List.of(),
                Optional.empty(),
                1L << 30,
                200,
                Duration.ofSeconds(30),
                Duration.ofMinutes(10),
                32,
                List.of(),
                List.of());
    }

    public ServerSettings withAddress(String host, int port) {
        return with(draft -> {
            draft.host = host;
            draft.port = port;
        });
    }

    public ServerSettings withToken(String token) {
        return with(draft -> draft.token = Optional.of(token));
    }

    public ServerSettings withAllowedRoots(List<Path> allowedRoots) {
        return with(draft -> draft.allowedRoots = allowedRoots);
    }

    public ServerSettings withGalleryDirectory(Path galleryDirectory) {
        return with(draft -> draft.galleryDirectory = Optional.of(galleryDirectory));
    }

    public ServerSettings withMaxBodyBytes(long maxBodyBytes) {
        return with(draft -> draft.maxBodyBytes = maxBodyBytes);
    }

    public ServerSettings withMaxFiles(int maxFiles) {
        return with(draft -> draft.maxFiles = maxFiles);
    }

    public ServerSettings withTimeouts(Duration idleTimeout, Duration bodyTimeout) {
        return with(draft -> {
            draft.idleTimeout = idleTimeout;
            draft.bodyTimeout = bodyTimeout;
        });
    }

    public ServerSettings withMaxEventStreams(int maxEventStreams) {
        return with(draft -> draft.maxEventStreams = maxEventStreams);
    }

    public ServerSettings withAllowedModels(List<String> allowedModels) {
        return with(draft -> draft.allowedModels = allowedModels);
    }

    public ServerSettings withAllowedHosts(List<String> allowedHosts) {
        return with(draft -> draft.allowedHosts = allowedHosts);
    }

    /** @throws IllegalArgumentException if others than this machine could connect and nothing keeps them out */
    void requireGuarded() {
        InetAddress address;
        try {
            address = InetAddress.getByName(host);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(Check.message("host", "an address of this machine", host), e);
        }
        if (!address.isLoopbackAddress() && token.isEmpty()) {
            throw new IllegalArgumentException(
                    "host " + host + " can be reached from other machines, and no token is set:"
                            + " set one, or use a loopback address such as 127.0.0.1");
        }
    }

    private static void requireIn(long value, long least, long most, String name) {
        if (value < least || value > most) {
            throw Check.invalid(name, "from " + least + " to " + most, value);
        }
    }

    private ServerSettings with(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return draft.settings();
    }

    /** Settings being changed. */
    private static final class Draft {
        private String host;
        private int port;
        private Optional<String> token;
        private List<Path> allowedRoots;
        private Optional<Path> galleryDirectory;
        private long maxBodyBytes;
        private int maxFiles;
        private Duration idleTimeout;
        private Duration bodyTimeout;
        private int maxEventStreams;
        private List<String> allowedModels;
        private List<String> allowedHosts;

        Draft(ServerSettings from) {
            host = from.host;
            port = from.port;
            token = from.token;
            allowedRoots = from.allowedRoots;
            galleryDirectory = from.galleryDirectory;
            maxBodyBytes = from.maxBodyBytes;
            maxFiles = from.maxFiles;
            idleTimeout = from.idleTimeout;
            bodyTimeout = from.bodyTimeout;
            maxEventStreams = from.maxEventStreams;
            allowedModels = from.allowedModels;
            allowedHosts = from.allowedHosts;
        }

        ServerSettings settings() {
            return new ServerSettings(
                    host,
                    port,
                    token,
                    allowedRoots,
                    galleryDirectory,
                    maxBodyBytes,
                    maxFiles,
                    idleTimeout,
                    bodyTimeout,
                    maxEventStreams,
                    allowedModels,
                    allowedHosts);
        }
    }
}
