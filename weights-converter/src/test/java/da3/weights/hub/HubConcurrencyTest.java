package da3.weights.hub;

import static da3.weights.hub.ScriptedHub.COMMIT;
import static da3.weights.hub.ScriptedHub.WEIGHTS;
import static org.assertj.core.api.Assertions.assertThat;

import da3.weights.hub.ScriptedHub.Door;
import da3.weights.hub.ScriptedHub.Script;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Two concurrent pulls of one model download it once. */
class HubConcurrencyTest extends HubFixture {

    @Test
    void twoProcesses() throws IOException, InterruptedException {
        delayUntilBothRequested();
        List<Process> processes = new ArrayList<>();
        Path logs = Files.createDirectory(dir.resolve("hub"));
        for (int i = 0; i < 2; i++) {
            processes.add(new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx64m",
                            "-cp",
                            System.getProperty("java.class.path"),
                            PullOnce.class.getName(),
                            hub.endpoint().toString(),
                            root.toString(),
                            ID.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(logs.resolve("process" + i + ".log").toFile())
                    .start());
        }
        for (int i = 0; i < 2; i++) {
            assertThat(processes.get(i).waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(processes.get(i).exitValue())
                    .as(Files.readString(logs.resolve("process" + i + ".log")))
                    .isZero();
        }
        assertPulled(cache.snapshot(ID, COMMIT));
        assertThat(hub.requests(Door.STORAGE, WEIGHTS)).hasSize(1);
        assertThat(files("blobs")).hasSize(2);
    }

    @Test
    void twoThreads() throws Exception {
        delayUntilBothRequested();
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            Future<Path> first = threads.submit(() -> client().pull(ID, HubProgress.NONE));
            Future<Path> second = threads.submit(() -> client().pull(ID, HubProgress.NONE));
            assertPulled(first.get(60, TimeUnit.SECONDS));
            assertPulled(second.get(60, TimeUnit.SECONDS));
        } finally {
            threads.shutdownNow();
        }
        assertThat(hub.requests(Door.STORAGE, WEIGHTS)).hasSize(1);
        assertThat(warnings).isNotEmpty().allMatch(warning -> warning.contains("another thread or process"));
    }

    /** Delays the weights until both pulls have requested them. */
    private void delayUntilBothRequested() {
        CountDownLatch requested = new CountDownLatch(2);
        Script head = (exchange, content) -> {
            ScriptedHub.saying("ETag", ScriptedHub.sha256(content)).answer(exchange, content);
            exchange.close();
            requested.countDown();
        };
        Script body = (exchange, content) -> {
            try {
                assertThat(requested.await(50, TimeUnit.SECONDS)).isTrue();
                Thread.sleep(300);
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            ScriptedHub.bytes(content).answer(exchange, content);
        };
        hub.always(Door.HEAD, WEIGHTS, head).always(Door.STORAGE, WEIGHTS, body);
    }
}
