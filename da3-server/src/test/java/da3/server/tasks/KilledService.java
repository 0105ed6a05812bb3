package da3.server.tasks;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** A process that completes one task, blocks in the second while a third one waits, reports that and waits to be killed. */
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
        TaskService service = TaskService.open(TaskSettings.of(Path.of(args[0])), TaskFixtures.holding(model));
        TaskFixtures.ended(service, TaskFixtures.submit(service, "first"));
        TaskFixtures.submit(service, "second");
        Task third = TaskFixtures.submit(service, "third");
        middle.await();
        System.out.println("in the middle");
        TaskFixtures.ended(service, third);
    }
}
