package da3.server.tasks;

import java.io.PrintStream;
import java.nio.file.Path;

/** A process that does one task, says so in the middle of the second, and waits there to be killed. */
final class KilledService {

    private KilledService() {}

    public static void main(String[] args) throws Exception {
        PrintStream out = System.out;
        FakeModel model = new FakeModel() {
            private int calls;

            @Override
            void between(int block) {
                calls++;
                if (calls > 15) {
                    out.println("in the middle");
                    out.flush();
                    try {
                        Thread.sleep(60_000);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                }
            }
        };
        TaskService service = TaskService.open(TaskSettings.of(Path.of(args[0])), Tasks.holding(model));
        Tasks.ended(service, Tasks.submit(service, "first"));
        Tasks.submit(service, "second");
        Tasks.ended(service, Tasks.submit(service, "third"));
    }
}
