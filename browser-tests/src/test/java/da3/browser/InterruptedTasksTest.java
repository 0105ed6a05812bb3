package da3.browser;

import static org.assertj.core.api.Assertions.assertThat;

import da3.export.ExportFormat;
import da3.server.client.BackendClient;
import da3.server.client.BackendOptions;
import da3.server.client.BackendTask;
import da3.server.wire.TaskOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;

/** Tests tasks that are cancelled by the user or interrupted by a crash. */
class InterruptedTasksTest {

    private static final TaskOptions SHORT = options(56);

    /** Long enough to be interrupted while it runs. */
    private static final TaskOptions LONG = options(1512);

    @TempDir
    private Path folder;

    @Test
    void aRunningTaskIsCancelledFromThePage() throws Exception {
        List<Path> photos = SamplePhotos.in(folder);
        try (Backend backend = start();
                Browser browser = Browser.start(folder)) {
            BackendClient client = new BackendClient(backend.address(), Optional.empty());
            UUID task = client.upload(photos, BackendOptions.of(LONG).withName("too much"));
            browser.open(backend.address().resolve("#task=" + task));
            browser.shown("progress");
            browser.until(() -> running(client, task));

            browser.shown("cancel").click();

            browser.shown("task-cancelled");
            assertThat(client.task(task).status()).isEqualTo("cancelled");
            browser.screenshot("cancelled");
            UUID next = client.upload(photos, BackendOptions.of(SHORT));
            assertThat(client.follow(next, ignored -> {}).completed()).isTrue();
            assertThat(browser.errors()).isEmpty();
        }
    }

    @Test
    void afterACrashCompletedTasksRemainAndRunningTasksHaveFailed() throws Exception {
        List<Path> photos = SamplePhotos.in(folder);
        try (Browser browser = Browser.start(folder)) {
            UUID done;
            UUID cut;
            try (Backend backend = start()) {
                BackendClient client = new BackendClient(backend.address(), Optional.empty());
                done = client.upload(photos, BackendOptions.of(SHORT).withName("whole"));
                assertThat(client.follow(done, ignored -> {}).completed()).isTrue();
                cut = client.upload(photos, BackendOptions.of(LONG).withName("in the middle"));
                browser.until(() -> running(client, cut));
                backend.kill();
            }
            try (Backend backend = start()) {
                browser.open(backend.address());
                assertThat(browser.shown("scene-card").getText()).contains("whole");
                assertThat(browser.all("scene-card")).hasSize(1);
                assertThat(browser.all("running").get(0).isDisplayed()).isFalse();
                assertThat(browser.driver()
                                .findElement(By.cssSelector(".reason"))
                                .getText())
                        .contains("interrupted by a restart");
                browser.screenshot("after-crash");
                browser.shown("scene-card").click();
                browser.drawn("canvas-points", 50);
                browser.open(backend.address().resolve("#task=" + cut));
                browser.shown("task-failed");
                browser.open(backend.address().resolve("#task=" + done));
                browser.shown("scene");
            }
        }
    }

    private static TaskOptions options(int resolution) {
        return TaskOptions.defaults()
                .withJob(job -> job.formats(ExportFormat.GLB).inference(o -> o.resolution(resolution)));
    }

    private Backend start() throws Exception {
        return Backend.start(folder.resolve("workspace"), "--model=seeded:da3-small");
    }

    private static boolean running(BackendClient client, UUID id) {
        try {
            BackendTask task = client.task(id);
            assertThat(task.ended()).as("%s", task).isFalse();
            return task.progress() > 0.1;
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
