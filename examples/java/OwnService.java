import da3.core.EngineOptions;
import da3.server.http.Da3Server;
import da3.server.http.ServerSettings;
import da3.server.tasks.ModelHolder;
import da3.server.tasks.TaskService;
import da3.server.tasks.TaskSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Scanner;

/** Runs the service with its page inside the process of another program, until a line is entered. */
public final class OwnService {

    /** @param arguments workspace for tasks, port (0 for a free one) and, optionally, the model */
    public static void main(String[] arguments) throws IOException {
        TaskSettings tasks = TaskSettings.of(Path.of(arguments[0])).withQueueCapacity(5);
        ServerSettings settings = ServerSettings.defaults().withAddress("127.0.0.1", Integer.parseInt(arguments[1]));
        String name = arguments.length > 2 ? arguments[2] : "depth-anything/DA3-BASE";
        try (ModelHolder model = ModelHolder.of(name, EngineOptions.defaults());
                TaskService service = TaskService.open(tasks, model);
                Da3Server server = Da3Server.start(settings, service, model)) {
            model.warmUp(); // loads the model in the background instead of in the first task
            System.out.println(server.address());
            System.out.println("Enter stops the service.");
            new Scanner(System.in).nextLine();
        }
    }
}
