package da3.streaming;

import static org.assertj.core.api.Assertions.assertThat;

import da3.files.TestProcess;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills the process of a run with SIGKILL at random points, each after the first and before the last stored window,
 * and continues it. {@code -Dda3.kills=20} sets the number of kills.
 */
class KilledRunTest {

    private static final int KILLS = Integer.getInteger("da3.kills", 2);
    private static final int FRAMES = 162;
    private static final int WINDOWS = 40;
    private static final int MILLIS = 20; // of a prediction

    @TempDir
    private Path folder;

    /** A run in a process of its own; it prints the number of each stored window. */
    public static final class Run {
        private Run() {}

        public static void main(String[] arguments) throws IOException {
            run(Path.of(arguments[0]), MILLIS, (window, frames) -> {
                System.out.println(window.number());
                System.out.flush();
            });
        }
    }

    @Test
    @Timeout(600)
    void endsWithTheSameBytes() throws Exception {
        Path whole = folder.resolve("whole");
        run(whole, 0, (window, frames) -> {});
        Path killed = folder.resolve("killed");
        Random random = new Random(4);
        int[] points =
                random.ints(0, WINDOWS - 2).distinct().limit(KILLS).sorted().toArray();
        for (int point : points) {
            killAfter(point, random.nextInt(2 * MILLIS), killed);
            try (StreamingMap map = StreamingMap.open(killed, new Wall(0), options())) {
                assertThat(map.windows()).hasSizeBetween(point + 1, WINDOWS - 1);
            }
        }
        Process last = TestProcess.start(Run.class, killed.toString());
        last.getInputStream().readAllBytes();
        assertThat(last.waitFor()).isZero();
        for (String file : List.of("map.da3s", "trajectory.tum", "intrinsics.txt", "points.ply")) {
            assertThat(killed.resolve(file)).hasSameBinaryContentAs(whole.resolve(file));
        }
    }

    /** Continues a run and kills it some time after a window is stored. */
    private static void killAfter(int window, int millis, Path directory) throws IOException, InterruptedException {
        Process process = TestProcess.start(Run.class, directory.toString());
        try (BufferedReader out = process.inputReader()) {
            String line = out.readLine();
            while (line != null && Integer.parseInt(line) < window) {
                line = out.readLine();
            }
            Thread.sleep(millis);
        } finally {
            process.destroyForcibly(); // SIGKILL
        }
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(128 + 9);
    }

    private static void run(Path directory, int millis, StreamingListener listener) throws IOException {
        try (StreamingMap map = StreamingMap.open(directory, new Wall(millis), options())) {
            map.run(Wall.source(FRAMES), listener);
            assertThat(map.windows()).hasSize(WINDOWS);
            assertThat(map.acceptedLoops()).isNotEmpty();
            for (MapFormat format : MapFormat.DEFAULTS) {
                format.write(map, directory, PointOptions.defaults());
            }
        }
    }

    private static StreamingOptions options() {
        return StreamingOptions.defaults().withWindow(6, 2);
    }
}
