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
 * Serves tasks, results and the page over HTTP.
 *
 * <p>Source of the endpoints: reference file services/backend.py; {@code /openapi.json} describes them.
 */
public final class Da3Server implements AutoCloseable {

    /** Uploads, downloads and streams of events may all be open at once, and there is room to answer beside them. */
    private static final int SPARE_THREADS = 80;

    private static final int MAX_WAITING = 1024;
    private static final int MAX_CONNECTIONS = 512;
    private static final int MAX_HEADER_BYTES = 16 * 1024;

    /**
     * How long a connection may be silent where no more may be opened: those that send a byte now and then go first. Jetty
     * has no deadline for headers as a whole, so that whoever may connect can still keep as many connections as there are.
     */
    private static final Duration CROWDED = Duration.ofSeconds(2);

    private static final Duration GRACE = Duration.ofSeconds(10);

    private final ServerSettings settings;
    private final HostCheck hosts;
    private final Authentication access;
    private final Metrics metrics;
    private final TaskEvents events;
    private final List<Route> routes = new ArrayList<>();
    private final AtomicInteger running = new AtomicInteger();
    private final Javalin javalin;
    private ServerConnector connector;
    private volatile boolean stopping;

    private Da3Server(ServerSettings settings, TaskService tasks, ModelHolder model) throws IOException {
        settings.requireGuarded();
        this.settings = settings;
        this.hosts = new HostCheck(settings);
        this.access = new Authentication(settings);
        this.metrics = new Metrics(tasks);
        this.events = new TaskEvents(tasks, settings);
        AllowedRoots roots =
                new AllowedRoots(settings.allowedRoots(), tasks.settings().workspace());
        Optional<Gallery> gallery = settings.galleryDirectory().isPresent()
                ? Optional.of(new Gallery(settings.galleryDirectory().get()))
                : Optional.empty();
        routes.addAll(new PageHandlers().routes());
        routes.addAll(new ServiceHandlers(tasks, model, settings, () -> stopping).routes());
        routes.addAll(access.routes());
        routes.addAll(new InferenceHandler(tasks, settings, roots, metrics::follow).routes());
        routes.addAll(new TaskHandlers(tasks).routes());
        routes.addAll(events.routes());
        routes.addAll(new FileHandlers(tasks).routes());
        routes.addAll(new GalleryHandlers(tasks, gallery).routes());
        routes.addAll(metrics.routes());
        this.javalin = Javalin.create(this::configure);
    }

    /**
     * Starts to listen.
     *
     * @param tasks closed by its owner, after this
     * @param model closed by its owner, after the tasks
     * @throws IllegalArgumentException if other machines could connect and no token is set, or if requests could name
     *     files of the workspace
     * @throws IOException if the port is taken, or a directory that is to be served is not there
     */
    public static Da3Server start(ServerSettings settings, TaskService tasks, ModelHolder model) throws IOException {
        Da3Server server = new Da3Server(settings, tasks, model);
        try {
            server.javalin.start();
        } catch (JavalinBindException e) {
            throw new IOException(
                    "port " + settings.port() + " of " + settings.host()
                            + " cannot be listened on: choose a free one, or 0 for any",
                    e);
        }
        return server;
    }

    /** The one that is listened on. */
    public int port() {
        return connector.getLocalPort();
    }

    /** Where a browser on this machine finds the page. */
    public URI address() {
        boolean everywhere =
                settings.host().equals("0.0.0.0") || settings.host().equals("::");
        return URI.create(
                "http://" + HostPort.normalizeHost(everywhere ? "localhost" : settings.host()) + ":" + port() + "/");
    }

    /** All there are. */
    List<Route> routes() {
        return List.copyOf(routes);
    }

    /** Requests that are being answered. */
    int running() {
        return running.get();
    }

    private void configure(JavalinConfig config) {
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.startup.startupWatcherEnabled = false;
        config.http.prefer405over404 = true;
        config.http.compressionStrategy = CompressionStrategy.NONE; // ranges are of the file as it is
        int threads = SPARE_THREADS + settings.maxEventStreams();
        QueuedThreadPool pool = new QueuedThreadPool(threads, 4, 60_000, new ArrayBlockingQueue<>(MAX_WAITING));
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
        config.requestLogger.http((ctx, millis) -> metrics.answered(ctx.statusCode()));
        config.routes.before(hosts::require);
        for (Route route : routes) {
            config.routes.addHttpHandler(route.method(), route.path(), ctx -> handle(route, ctx));
            if (route.method().equals(HandlerType.GET)) {
                // Left alone, every HEAD of an address with a GET is answered with 200, whatever is there.
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
        limit.setEndPointIdleTimeout(CROWDED.toMillis());
        server.addBean(limit);
        return connector;
    }

    private void handle(Route route, Context ctx) throws Exception {
        running.incrementAndGet();
        try {
            if (stopping && !route.open()) {
                throw new HttpError(503, "the service is stopping").withHeader("Connection", "close");
            }
            if (!route.open()) {
                access.require(ctx);
            }
            route.handler().handle(ctx);
        } finally {
            running.decrementAndGet();
        }
    }

    /** Takes nothing new on, lets running requests end for a while, and stops listening; a second call does nothing. */
    @Override
    public void close() {
        stopping = true;
        events.close();
        long end = System.nanoTime() + GRACE.toNanos();
        try {
            while (running.get() > 0 && System.nanoTime() < end) {
                Thread.sleep(20);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        javalin.stop();
    }
}
