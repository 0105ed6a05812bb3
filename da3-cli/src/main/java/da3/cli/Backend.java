package da3.cli;

import da3.core.EngineOptions;
import da3.server.http.Da3Server;
import da3.server.http.ServerSettings;
import da3.server.tasks.ModelHolder;
import da3.server.tasks.TaskService;
import da3.server.tasks.TaskSettings;
import java.io.IOException;
import java.net.URI;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine;

/** A model, its tasks and the server before them, ended in order however the process ends. */
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

    /** Serves at once, while the model is being loaded. */
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

    /** Says where it is, shows it if that is wished, and waits until the process is told to end. */
    void untilStopped(String modelName, boolean open, CommandLine says) throws IOException, InterruptedException {
        says.getOut().println("da3: " + address() + " serves " + modelName + "; stop with Ctrl-C");
        says.getOut().flush();
        if (open) {
            BrowserWindow.show(address(), says.getErr());
        }
        stopped.await();
    }

    /** Loads a model when it is needed, by the name that a command line has. */
    static ModelHolder model(String name, EngineOptions engine) {
        return ModelHolder.of(name, engine);
    }

    /** The model last, as what runs before it ends first. */
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
