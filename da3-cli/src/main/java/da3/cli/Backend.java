package da3.cli;

import da3.server.http.Da3Server;
import da3.server.http.ServerSettings;
import da3.server.tasks.ModelHolder;
import da3.server.tasks.TaskService;
import da3.server.tasks.TaskSettings;
import java.io.IOException;
import java.net.URI;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine;

/** A running service: model, task queue and HTTP server. They are stopped in order, also when the process ends. */
final class Backend implements AutoCloseable {

    private final ModelHolder model;
    private final TaskService tasks;
    private final Da3Server server;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Thread hook = new Thread(this::stop, "da3 shutdown");

    private Backend(ModelHolder model, TaskService tasks, Da3Server server) {
        this.model = model;
        this.tasks = tasks;
        this.server = server;
    }

    /** Starts the service. Requests are accepted while the model is loaded. */
    static Backend start(ServerSettings settings, TaskSettings taskSettings, ModelHolder model) throws IOException {
        TaskService tasks = TaskService.open(taskSettings, model);
        Da3Server server;
        try {
            server = Da3Server.start(settings, tasks, model);
        } catch (IOException | RuntimeException e) {
            tasks.close();
            model.close();
            throw e;
        }
        Backend backend = new Backend(model, tasks, server);
        Runtime.getRuntime().addShutdownHook(backend.hook);
        model.warmUp();
        return backend;
    }

    URI address() {
        return server.address();
    }

    /** Prints the address, opens it in a browser if requested, and waits until the process is stopped. */
    void awaitStop(String modelName, boolean open, CommandLine commandLine) throws IOException, InterruptedException {
        commandLine.getOut().println("da3: serving " + modelName + " at " + address() + " (press Ctrl-C to stop)");
        commandLine.getOut().flush();
        if (open) {
            BrowserWindow.show(address(), commandLine.getErr());
        }
        stopped.await();
    }

    /** Stops the server first and the model last, since each part uses the next. */
    private synchronized void stop() {
        server.close();
        tasks.close();
        model.close();
        stopped.countDown();
    }

    @Override
    public void close() {
        if (stopped.getCount() > 0) {
            Runtime.getRuntime().removeShutdownHook(hook);
            stop();
        }
    }
}
