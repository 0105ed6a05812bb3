package da3.server.tasks;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** A process that does one task, says so in the middle of the second when a third waits, and stays there to be killed. */
final class KilledService {

    private KilledService() {}

    public static void main(String[] args) throws Exception {
        CountDownLatch middle = new CountDownLatch(1);
        FakeModel model = new FakeModel() {
            private int calls;

            @Override
            void between(int block) {
                calls++;
                if (calls > 15) {
                    middle.countDown();
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
        Task third = Tasks.submit(service, "third");
        middle.await();
        System.out.println("in the middle");
        Tasks.ended(service, third);
    }
}
