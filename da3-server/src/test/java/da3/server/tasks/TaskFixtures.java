package da3.server.tasks;

import da3.export.ExportFormat;
import da3.server.wire.TaskOptions;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.imageio.ImageIO;

/** Small images, and methods that wait for tasks. */
final class TaskFixtures {

    static final TaskOptions GLB = TaskOptions.defaults().withJob(job -> job.formats(ExportFormat.GLB));

    private TaskFixtures() {}

    static ModelHolder holding(ServedModel model) {
        return new ModelHolder("fake", name -> model);
    }

    /** Writes images to a new upload. */
    static TaskInput photos(TaskService service, int count) throws IOException {
        Path upload = service.newUpload();
        Path[] files = new Path[count];
        for (int i = 0; i < count; i++) {
            files[i] = photo(UploadName.resolve(upload, "photo" + i + ".png"), 40, 30);
        }
        return new TaskInput.Images(List.of(files));
    }

    static Path photo(Path file, int width, int height) throws IOException {
        BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                picture.setRGB(x, y, 0x010305 * ((x * 7 + y * 13) % 50));
            }
        }
        ImageIO.write(picture, "png", file.toFile());
        return file;
    }

    static Task submit(TaskService service) throws IOException {
        return submit(service, "a task");
    }

    static Task submit(TaskService service, String name) throws IOException {
        return service.submit(photos(service, 1), GLB, name, Optional.empty());
    }

    static Task ended(TaskService service, Task task) throws InterruptedException {
        long end = System.nanoTime() + 30_000_000_000L;
        while (System.nanoTime() < end) {
            Task now = service.find(task.id()).orElseThrow();
            if (now.status().ended()) {
                return now;
            }
            Thread.sleep(2);
        }
        throw new AssertionError("has not ended: " + service.find(task.id()));
    }

    /** Throws any exception, also where the compiler does not allow it. */
    @SuppressWarnings("unchecked")
    static <E extends Throwable> void raise(Throwable failure) throws E {
        throw (E) failure;
    }

    static Task inState(TaskStatus status, Path tasks, Instant created) {
        UUID id = UUID.randomUUID();
        return new Task(
                id,
                "of an earlier service",
                status,
                "",
                0.5,
                "backbone 3/12",
                created,
                Optional.of(created),
                status.ended() ? Optional.of(created) : Optional.empty(),
                2,
                tasks.resolve(id.toString()).resolve("results"),
                Optional.empty(),
                GLB,
                List.of("a warning"),
                status == TaskStatus.FAILED ? Optional.of("it did not work") : Optional.empty());
    }
}
