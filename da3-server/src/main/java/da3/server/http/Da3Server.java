package da3.server.http;

import da3.server.tasks.ModelHolder;
import da3.server.tasks.TaskService;
import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.util.JavalinBindException;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.HostPort;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * An HTTP server for tasks, their results and the web page.
 *
 * <p>Source of the endpoints: reference file services/backend.py; {@code /openapi.json} documents them.
 */
public final class Da3Server implements AutoCloseable {

    /** Threads in addition to those for event streams: enough for all uploads, all downloads and short requests. */
    private static final int BASE_THREADS = 80;

    private static final int MAX_QUEUED_REQUESTS = 1024;
    private static final int MAX_CONNECTIONS = 512;
    private static final int MAX_HEADER_BYTES = 16 * 1024;

    /**
     * Idle timeout of connections once {@value #MAX_CONNECTIONS} are open. Jetty has no deadline for all headers of a
     * request, so a client that sends a byte now and then can still occupy connections.
     */
    private static final Duration CROWDED_IDLE_TIMEOUT = Duration.ofSeconds(2);

    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(10);

    private final ServerSettings settings;
    private final HostCheck hostCheck;
    private final Authentication authentication;
    private final Metrics metrics;
    private final TaskEvents events;
    private final List<Route> routes = new ArrayList<>();
    private final AtomicInteger activeRequests = new AtomicInteger();
    private final Javalin javalin;
    private ServerConnector connector;
    private volatile boolean stopping;

    private Da3Server(ServerSettings settings, TaskService tasks, ModelHolder model) throws IOException {
        settings.requireTokenIfRemote();
        this.settings = settings;
        this.hostCheck = new HostCheck(settings);
        this.authentication = new Authentication(settings);
        this.metrics = new Metrics(tasks);
        this.events = new TaskEvents(tasks, settings);
        AllowedRoots roots =
                new AllowedRoots(settings.allowedRoots(), tasks.settings().workspace());
        Optional<Gallery> gallery = settings.galleryDirectory().isPresent()
                ? Optional.of(new Gallery(settings.galleryDirectory().get()))
                : Optional.empty();
        routes.addAll(new PageHandlers().routes());
        routes.addAll(new ServiceHandlers(tasks, model, settings, () -> stopping).routes());
        routes.addAll(authentication.routes());
        routes.addAll(new InferenceHandler(tasks, settings, roots, metrics::track).routes());
        routes.addAll(new TaskHandlers(tasks).routes());
        routes.addAll(events.routes());
        routes.addAll(new FileHandlers(tasks).routes());
        routes.addAll(new MapHandlers(tasks).routes());
        routes.addAll(new GalleryHandlers(tasks, gallery).routes());
        routes.addAll(metrics.routes());
        this.javalin = Javalin.create(this::configure);
    }

    /**
     * Starts a server.
     *
     * @param tasks task service, which the caller closes after the server
     * @param model model holder, which the caller closes after the task service
     * @throws IllegalArgumentException if other machines can connect and no token is set, or if an allowed directory
     *     contains the workspace or is inside it
     * @throws IOException if the port is in use, or an allowed directory or the gallery does not exist
     */
    public static Da3Server start(ServerSettings settings, TaskService tasks, ModelHolder model) throws IOException {
        Da3Server server = new Da3Server(settings, tasks, model);
        try {
            server.javalin.start();
        } catch (JavalinBindException e) {
            throw new IOException(
                    "cannot listen on port " + settings.port() + " of " + settings.host()
                            + ": choose a free port, or 0 for any free port",
                    e);
        }
        return server;
    }

    /** Returns the port that the server listens on. */
    public int port() {
        return connector.getLocalPort();
    }

    /** Returns the address of the page for a browser on this machine. */
    public URI address() {
        boolean everywhere =
                settings.host().equals("0.0.0.0") || settings.host().equals("::");
        return URI.create(
                "http://" + HostPort.normalizeHost(everywhere ? "localhost" : settings.host()) + ":" + port() + "/");
    }

    /** Returns all routes. */
    List<Route> routes() {
        return List.copyOf(routes);
    }

    /** Returns the number of requests in progress. */
    int activeRequests() {
        return activeRequests.get();
    }

    private void configure(JavalinConfig config) {
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.startup.startupWatcherEnabled = false;
        config.http.prefer405over404 = true;
        config.http.compressionStrategy = CompressionStrategy.NONE; // byte ranges refer to uncompressed files
        int threads = BASE_THREADS + settings.maxEventStreams();
        QueuedThreadPool pool = new QueuedThreadPool(threads, 4, 60_000, new ArrayBlockingQueue<>(MAX_QUEUED_REQUESTS));
        pool.setName("da3-http");
        config.jetty.threadPool = pool;
        config.jetty.modifyHttpConfiguration(http -> {
            http.setSendServerVersion(false);
            http.setRequestHeaderSize(MAX_HEADER_BYTES);
            http.setIdleTimeout(settings.idleTimeout().toMillis());
            http.addCustomizer(new SecurityHeaders());
        });
        config.jetty.modifyServer(server -> server.setErrorHandler(new ProtocolErrors()));
        config.jetty.addConnector(this::connector);
        config.requestLogger.http((ctx, millis) -> metrics.countResponse(ctx.statusCode()));
        config.routes.before(hostCheck::require);
        for (Route route : routes) {
            config.routes.addHttpHandler(route.method(), route.path(), ctx -> handle(route, ctx));
            if (route.method().equals(HandlerType.GET)) {
                // By default Javalin answers HEAD with 200 for every route with GET, even if the resource does not
                // exist.
                config.routes.addHttpHandler(HandlerType.HEAD, route.path(), ctx -> handle(route, ctx));
            }
        }
        ErrorResponses.register(config.routes);
        config.router.javaLangErrorHandler(ErrorResponses::fatal);
    }

    private ServerConnector connector(Server server, HttpConfiguration http) {
        connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
        connector.setHost(settings.host());
        connector.setPort(settings.port());
        connector.setIdleTimeout(settings.idleTimeout().toMillis());
        NetworkConnectionLimit limit = new NetworkConnectionLimit(MAX_CONNECTIONS, connector);
        limit.setEndPointIdleTimeout(CROWDED_IDLE_TIMEOUT.toMillis());
        server.addBean(limit);
        return connector;
    }

    private void handle(Route route, Context ctx) throws Exception {
        activeRequests.incrementAndGet();
        try {
            if (stopping && !route.open()) {
                throw new HttpError(503, "the service is stopping").withHeader("Connection", "close");
            }
            if (!route.open()) {
                authentication.require(ctx);
            }
            route.handler().handle(ctx);
        } finally {
            activeRequests.decrementAndGet();
        }
    }

    /**
     * Rejects new requests, waits up to ten seconds for those in progress, and stops listening. A second call has no
     * effect.
     */
    @Override
    public void close() {
        stopping = true;
        events.close();
        long end = System.nanoTime() + STOP_TIMEOUT.toNanos();
        try {
            while (activeRequests.get() > 0 && System.nanoTime() < end) {
                Thread.sleep(20);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        javalin.stop();
    }
}
