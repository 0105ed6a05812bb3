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
 * Settings of a {@link Da3Server}: address, access and limits.
 *
 * @param host name or address to listen on
 * @param port port to listen on; 0 for any free port
 * @param token token that requests must carry; required if other machines can connect
 * @param allowedRoots directories of this machine in which requests may name input files and export directories
 * @param galleryDirectory directory of group folders with scene folders, shown in addition to results
 * @param maxBodyBytes maximum size of a request body, in bytes
 * @param maxFiles maximum number of files of an upload
 * @param idleTimeout maximum time without data during a request
 * @param bodyTimeout maximum time to receive a request body
 * @param maxEventStreams maximum number of open event streams
 * @param allowedModels models that requests may load, in addition to the initial model
 * @param allowedHosts host names, in addition to {@code host}, that requests may be addressed to; prevents DNS
 *     rebinding
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

    /** Shorter tokens could be guessed. */
    static final int MIN_TOKEN_LENGTH = 16;

    public ServerSettings {
        allowedRoots = List.copyOf(allowedRoots);
        allowedModels = List.copyOf(allowedModels);
        allowedHosts = List.copyOf(allowedHosts);
        requireInRange(port, 0, 65535, "port");
        requireInRange(maxBodyBytes, 1, Long.MAX_VALUE, "maxBodyBytes");
        requireInRange(maxFiles, 1, 10_000, "maxFiles");
        requireInRange(maxEventStreams, 1, 1_000, "maxEventStreams");
        requireInRange(idleTimeout.toMillis(), 1, Integer.MAX_VALUE, "idleTimeout in milliseconds");
        requireInRange(bodyTimeout.toMillis(), 1, Integer.MAX_VALUE, "bodyTimeout in milliseconds");
        if (token.isPresent() && !token.get().matches("[\\x21-\\x7e]{" + MIN_TOKEN_LENGTH + ",256}")) {
            throw Check.invalid(
                    "token",
                    MIN_TOKEN_LENGTH + " to 256 printable ASCII characters",
                    token.get().length() + " characters");
        }
    }

    /**
     * Returns the defaults: loopback address, port 8008, no token, uploads of up to 1 GiB, 200 files and 10 minutes, and
     * no access to files of this machine.
     */
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

    /** @throws IllegalArgumentException if other machines can connect and no token is set */
    void requireTokenIfRemote() {
        InetAddress address;
        try {
            address = InetAddress.getByName(host);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(Check.message("host", "an address of this machine", host), e);
        }
        if (!address.isLoopbackAddress() && token.isEmpty()) {
            throw new IllegalArgumentException(
                    "host " + host + " can be reached from other machines, and no token is set:"
                            + " set a token, or use a loopback address such as 127.0.0.1");
        }
    }

    private static void requireInRange(long value, long minimum, long maximum, String name) {
        if (value < minimum || value > maximum) {
            throw Check.invalid(name, "from " + minimum + " to " + maximum, value);
        }
    }

    private ServerSettings with(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return draft.settings();
    }

    /** A mutable copy of settings. */
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
