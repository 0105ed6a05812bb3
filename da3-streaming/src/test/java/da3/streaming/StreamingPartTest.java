package da3.streaming;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import da3.files.TestProcess;
import da3.geometry.View;
import da3.streaming.frame.FrameSource;
import da3.streaming.store.Part;
import da3.streaming.store.WindowInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StreamingPartTest {

    private static final Oracle ORACLE = Oracle.circle(31).withNoise(0.02, 0.01);
    private static final StreamingOptions OPTIONS = StreamingOptions.defaults().withWindow(9, 3);

    @TempDir
    private Path folder;

    @TempDir
    private static Path whole;

    @BeforeAll
    static void runAtOnce() throws IOException {
        try (StreamingMap map = StreamingMap.open(whole, ORACLE, OPTIONS)) {
            map.run(ORACLE.source(), StreamingListener.SILENT);
            assertThat(map.windows()).hasSize(5);
        }
    }

    @Test
    void mergedPartsGiveTheBytesOfOneRun() throws IOException {
        for (int count : new int[] {2, 9}) {
            Path parts = folder.resolve(count + " parts");
            for (int number = count; number >= 1; number--) {
                part(parts, new Part(number, count), ORACLE.source());
            }
            merge(parts, ORACLE.source());
            assertThat(parts.resolve("map.da3s")).hasSameBinaryContentAs(whole.resolve("map.da3s"));
        }
    }

    /** Reading the windows of parts needs no predictor, so their number does not matter. */
    @Test
    void severalPredictorsMergeParts() throws IOException {
        Path parts = folder.resolve("parts");
        for (int number = 1; number <= 2; number++) {
            part(parts, new Part(number, 2), ORACLE.source());
        }
        try (StreamingMap map = StreamingMap.open(parts, List.of(ORACLE, ORACLE), OPTIONS)) {
            map.merge(ORACLE.source(), StreamingListener.SILENT);
        }
        assertThat(parts.resolve("map.da3s")).hasSameBinaryContentAs(whole.resolve("map.da3s"));
    }

    /** Windows share more than half of their frames, so a part needs frames of its last window again. */
    @Test
    void windowsCanOverlapByMoreThanHalf() throws IOException {
        StreamingOptions options = OPTIONS.withWindow(5, 3);
        Path once = folder.resolve("once");
        try (StreamingMap map = StreamingMap.open(once, ORACLE, options)) {
            map.run(ORACLE.source(), StreamingListener.SILENT);
        }
        Path parts = folder.resolve("parts");
        for (int number = 1; number <= 2; number++) {
            try (StreamingPart part = StreamingPart.open(parts, new Part(number, 2), ORACLE, options)) {
                part.run(ORACLE.source(), StreamingListener.SILENT);
            }
        }
        try (StreamingMap map = StreamingMap.open(parts, ORACLE, options)) {
            map.merge(ORACLE.source(), StreamingListener.SILENT);
        }
        assertThat(parts.resolve("map.da3s")).hasSameBinaryContentAs(once.resolve("map.da3s"));
    }

    /** Two processes compute their parts at the same time. */
    @Test
    void partsOfTwoProcesses() throws IOException, InterruptedException {
        Path parts = folder.resolve("parts");
        List<Process> processes = new ArrayList<>();
        for (String part : List.of("1/2", "2/2")) {
            processes.add(TestProcess.start(StreamingPartTest.class, parts.toString(), part));
        }
        for (Process process : processes) {
            try {
                assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
                assertThat(process.exitValue()).isZero();
            } finally {
                process.destroyForcibly();
            }
        }
        merge(parts, ORACLE.source());
        assertThat(parts.resolve("map.da3s")).hasSameBinaryContentAs(whole.resolve("map.da3s"));
    }

    /** Computes a part: the directory and the part are the arguments. */
    public static void main(String[] arguments) throws IOException {
        part(Path.of(arguments[0]), Part.parse(arguments[1]), ORACLE.source());
    }

    @Test
    void killedPartsContinue() throws IOException {
        Path parts = folder.resolve("parts");
        part(parts, new Part(1, 2), ORACLE.source());
        List<Integer> predicted = new ArrayList<>();
        try (StreamingPart part = StreamingPart.open(parts, new Part(2, 2), ORACLE, OPTIONS)) {
            assertThatThrownBy(() -> part.run(ORACLE.source(), killAfter(predicted, 1)))
                    .hasMessage("killed");
        }
        assertThatThrownBy(() -> merge(parts, ORACLE.source()))
                .isInstanceOf(IOException.class)
                .hasMessage("part 2 of 2 has not computed window 3; run it again to its end");
        try (StreamingPart part = StreamingPart.open(parts, new Part(2, 2), ORACLE, OPTIONS)) {
            part.run(ORACLE.source(), killAfter(predicted, 9));
        }
        assertThat(predicted).containsExactly(1, 3);
        merge(parts, ORACLE.source()); // continues the merge that failed
        assertThat(parts.resolve("map.da3s")).hasSameBinaryContentAs(whole.resolve("map.da3s"));
    }

    @Test
    void wrongParts() throws IOException {
        Path parts = folder.resolve("parts");
        assertThatThrownBy(() -> merge(parts, ORACLE.source()))
                .isInstanceOf(IOException.class)
                .hasMessage(parts + " contains no parts, which are files such as part-1-of-2.da3s");
        part(parts, new Part(2, 2), ORACLE.source());
        assertThatThrownBy(() -> merge(parts, ORACLE.source()))
                .isInstanceOf(IOException.class)
                .hasMessage("part 1 of 2 is missing in " + parts);
        part(parts, new Part(1, 2), ORACLE.source());
        FrameSource other = ORACLE.source().keyframes(0.5);
        assertThatThrownBy(() -> part(parts, new Part(1, 2), other))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("source of a run that continues " + parts.resolve("part-1-of-2.da3s"));
        assertThatThrownBy(() -> merge(parts, other))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("source of a run that continues");
        assertThatThrownBy(() -> StreamingPart.open(parts, new Part(1, 2), ORACLE, OPTIONS.withWindow(8, 3)))
                .hasMessageContaining("windows of a run that continues");
        FrameSource fewer = Oracle.source(
                ORACLE.truth().subList(0, 29).stream().map(View::image).toList(), true);
        assertThatThrownBy(() -> merge(parts, fewer))
                .hasMessage("frames of window 4 of a part must be 5 frames from frame24.png, number 24 to frame28.png, "
                        + "number 28, as the source has now, got 7 frames from frame24.png, number 24 to frame30.png, "
                        + "number 30");
        part(parts, new Part(1, 3), ORACLE.source());
        assertThatThrownBy(() -> merge(parts, ORACLE.source()))
                .hasMessage("number of parts in " + parts + " must be the same for all files of parts, got [2, 3]");
        FrameSource camera = Oracle.source(List.of(), false);
        assertThatThrownBy(() -> part(parts, new Part(1, 3), camera))
                .hasMessage("source of parts must be one that can be read again, got test");
    }

    @Test
    void partsFromText() {
        assertThat(Part.parse("2/3")).isEqualTo(new Part(2, 3));
        assertThatThrownBy(() -> Part.parse("3/2")).hasMessage("number of a part must be from 1 to 2, got 3");
        assertThatThrownBy(() -> Part.parse("0/0")).hasMessage("number of parts must be at least 1, got 0");
        assertThatThrownBy(() -> Part.parse("two"))
                .hasMessage("part must be a number and a count such as 2/3, got 'two'");
    }

    private static StreamingListener killAfter(List<Integer> predicted, int count) {
        return new StreamingListener() {
            @Override
            public void windowStored(WindowInfo window, int frames) {}

            @Override
            public void windowPredicted(int window, int frames) {
                predicted.add(window);
                if (predicted.size() == count) {
                    throw new IllegalStateException("killed");
                }
            }
        };
    }

    private static void part(Path directory, Part part, FrameSource source) throws IOException {
        try (StreamingPart run = StreamingPart.open(directory, part, ORACLE, OPTIONS)) {
            run.run(source, StreamingListener.SILENT);
        }
    }

    private static void merge(Path directory, FrameSource source) throws IOException {
        Files.createDirectories(directory);
        try (StreamingMap map = StreamingMap.open(directory, ORACLE, OPTIONS)) {
            map.merge(source, StreamingListener.SILENT);
        }
    }
}
