package da3.bench;

import com.sun.management.OperatingSystemMXBean;
import da3.core.DepthAnything3;
import da3.core.InferenceOptions;
import da3.geometry.View;
import da3.geometry.check.Check;
import da3.streaming.LoopMethod;
import da3.streaming.StreamingListener;
import da3.streaming.StreamingMap;
import da3.streaming.StreamingOptions;
import da3.streaming.WindowPredictor;
import da3.streaming.frame.Frame;
import da3.streaming.frame.FrameStream;
import da3.streaming.reference.ReferenceOptions;
import da3.streaming.reference.ReferenceStreaming;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Compares the time of streaming with that of the reference's procedure: {@code StreamingTimes DIRECTORY [FRAMES
 * [WIDTHxHEIGHT [MODEL]]]} processes the same synthetic frames with both, without loops. Streaming stores its map on the
 * disk; the reference's procedure keeps it in memory.
 */
public final class StreamingTimes {

    /** All is done twice, since code is compiled in the first round; the second is printed. */
    private static final int ROUNDS = 2;

    private final OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    private final WindowPredictor predictor;
    private final List<Frame> frames;
    private final PanoramaFrames source;
    private final Path directory;

    private StreamingTimes(WindowPredictor predictor, PanoramaFrames source, Path directory) throws IOException {
        this.predictor = predictor;
        this.source = source;
        this.directory = directory;
        frames = new ArrayList<>();
        try (FrameStream stream = source.open()) {
            for (int i = 0; i < source.frames(); i++) {
                frames.add(predictor.prepare(stream.next().orElseThrow()));
            }
        }
    }

    public static void main(String[] arguments) throws IOException {
        if (arguments.length < 1) {
            throw Check.invalid("number of arguments", "at least 1: DIRECTORY", 0);
        }
        int frames = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 240;
        String[] size = (arguments.length > 2 ? arguments[2] : "280x168").split("x", 2);
        String name = arguments.length > 3 ? arguments[3] : "da3-tiny";
        int width = Integer.parseInt(size[0]);
        int height = Integer.parseInt(size[1]);
        PanoramaFrames source = PanoramaFrames.of(frames, width, height);
        InferenceOptions inference =
                InferenceOptions.builder().resolution(Math.max(width, height)).build();
        try (DepthAnything3 model = DepthAnything3.load(name)) {
            WindowPredictor predictor = WindowPredictor.of(model, name, inference);
            new StreamingTimes(predictor, source, Path.of(arguments[0])).run();
        }
    }

    /** A measured procedure. */
    private interface Work {
        void run() throws IOException;
    }

    private void run() throws IOException {
        for (int round = 1; round <= ROUNDS; round++) {
            stream(round, 32, 8);
            reference(round, 32, 16);
            reference(round, 120, 60);
        }
    }

    private void stream(int round, int window, int overlap) throws IOException {
        StreamingOptions options =
                StreamingOptions.defaults().withWindow(window, overlap).withLoops(LoopMethod.OFF);
        measure("streaming", round, window, overlap, () -> {
            try (StreamingMap map = StreamingMap.open(directory.resolve("" + round), predictor, options)) {
                map.run(source, StreamingListener.SILENT);
            }
        });
    }

    private void reference(int round, int window, int overlap) throws IOException {
        ReferenceOptions options = ReferenceOptions.defaults().withWindows(window, overlap);
        measure("reference", round, window, overlap, () -> new ReferenceStreaming(options, this::predict)
                .run(frames.size(), List.of()));
    }

    private List<View> predict(int[] numbers) {
        return predictor
                .predict(IntStream.of(numbers).mapToObj(frames::get).toList())
                .scene()
                .views();
    }

    private void measure(String name, int round, int window, int overlap, Work work) throws IOException {
        long start = System.nanoTime();
        long cpuStart = system.getProcessCpuTime();
        work.run();
        double elapsed = System.nanoTime() - start;
        double cpu = system.getProcessCpuTime() - cpuStart;
        if (round == ROUNDS) {
            System.out.printf(
                    Locale.ROOT,
                    "%s, windows of %d that share %d: %.1f ms per frame, %.1f ms of CPU time%n",
                    name,
                    window,
                    overlap,
                    elapsed / 1e6 / frames.size(),
                    cpu / 1e6 / frames.size());
        }
    }
}
