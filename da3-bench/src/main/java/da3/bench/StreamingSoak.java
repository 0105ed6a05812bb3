package da3.bench;

import com.sun.management.OperatingSystemMXBean;
import da3.core.DepthAnything3;
import da3.core.InferenceOptions;
import da3.core.ProcessMemory;
import da3.geometry.check.Check;
import da3.streaming.MapFormat;
import da3.streaming.PointOptions;
import da3.streaming.StreamingListener;
import da3.streaming.StreamingMap;
import da3.streaming.StreamingOptions;
import da3.streaming.WindowPredictor;
import da3.streaming.store.LoopInfo;
import da3.streaming.store.WindowInfo;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A soak test of streaming: {@code StreamingSoak DIRECTORY [FRAMES [WIDTHxHEIGHT [WINDOW OVERLAP [MODEL]]]]} computes a
 * map of synthetic frames and compares resident memory and time per frame of both halves of the run. Loops, which
 * are tested after the last window, and the export are reported separately.
 *
 * <p>Run it with {@code -Xms768m -Xmx768m -XX:+UseSerialGC -XX:+AlwaysPreTouch} to exclude growth of the Java heap up to
 * its limit. Other processes change the elapsed time, but hardly the CPU time of the process.
 */
public final class StreamingSoak {

    private static final int PROGRESS_FRAMES = 500;

    private final OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    private final List<Sample> samples = new ArrayList<>();

    /**
     * The state of the process.
     *
     * @param frames number of frames of the map
     * @param seconds elapsed time since an arbitrary origin
     * @param cpuSeconds CPU time of the process
     * @param resident resident memory in bytes
     * @param live heap in use after a collection, in bytes; 0 if there was none
     */
    private record Sample(int frames, double seconds, double cpuSeconds, long resident, long live) {}

    private StreamingSoak() {}

    public static void main(String[] arguments) throws IOException {
        if (arguments.length < 1) {
            throw Check.invalid("number of arguments", "at least 1: DIRECTORY", 0);
        }
        Path directory = Path.of(arguments[0]);
        int frames = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 10_000;
        String[] size = (arguments.length > 2 ? arguments[2] : "280x168").split("x", 2);
        StreamingOptions options = StreamingOptions.defaults();
        if (arguments.length > 4) {
            options = options.withWindow(Integer.parseInt(arguments[3]), Integer.parseInt(arguments[4]));
        }
        String name = arguments.length > 5 ? arguments[5] : "da3-tiny";
        PanoramaFrames source = PanoramaFrames.of(frames, Integer.parseInt(size[0]), Integer.parseInt(size[1]));
        InferenceOptions inference = InferenceOptions.builder()
                .resolution(Math.max(source.width(), source.panorama().height()))
                .build();
        try (DepthAnything3 model = DepthAnything3.load(name);
                StreamingMap map = StreamingMap.open(directory, WindowPredictor.of(model, name, inference), options)) {
            new StreamingSoak().run(map, source, directory, System.out);
        }
    }

    private void run(StreamingMap map, PanoramaFrames source, Path directory, PrintStream out) throws IOException {
        List<Sample> loops = new ArrayList<>();
        samples.add(sample(0, true));
        map.run(source, new StreamingListener() {
            @Override
            public void windowStored(WindowInfo window, int frames) {
                boolean progress = frames / PROGRESS_FRAMES > last(samples).frames / PROGRESS_FRAMES;
                samples.add(sample(frames, progress));
                if (progress) {
                    print("", last(samples), System.err);
                }
            }

            @Override
            public void loopTested(LoopInfo loop) {
                loops.add(sample(loops.size() + 1, false));
            }
        });
        int half = 0;
        while (samples.get(half).frames < source.frames() / 2) {
            half++;
        }
        List<Sample> first = samples.subList(0, half + 1);
        List<Sample> second = samples.subList(half, samples.size());
        report("first half", first, out);
        report("second half", second, out);
        out.printf(
                Locale.ROOT,
                "second half less first half: memory %+.2f %%, time %+.2f %%, CPU time %+.2f %%%n",
                100 * (peak(second) / peak(first) - 1),
                100 * (secondsPerFrame(second) / secondsPerFrame(first) - 1),
                100 * (cpuSecondsPerFrame(second) / cpuSecondsPerFrame(first) - 1));
        Sample end = last(samples);
        if (!loops.isEmpty()) {
            Sample tested = last(loops);
            out.printf(
                    Locale.ROOT,
                    "%d loops tested, %d used, in %.1f s (%.1f s of CPU time)%n",
                    loops.size(),
                    map.acceptedLoops().size(),
                    tested.seconds - end.seconds,
                    tested.cpuSeconds - end.cpuSeconds);
            print("after the loops: ", sample(map.size(), true), out);
        }
        for (MapFormat format : MapFormat.DEFAULTS) {
            format.write(map, directory, PointOptions.defaults());
        }
        print("after the export: ", sample(map.size(), true), out);
    }

    private Sample sample(int frames, boolean collect) {
        long live = 0;
        if (collect) {
            System.gc();
            live = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
        }
        return new Sample(
                frames,
                System.nanoTime() / 1e9,
                system.getProcessCpuTime() / 1e9,
                ProcessMemory.resident().orElseThrow(),
                live);
    }

    private void print(String when, Sample sample, PrintStream out) {
        Sample start = samples.get(0);
        out.printf(
                Locale.ROOT,
                "%s%d frames, %.1f s, %.1f s of CPU time, %.1f MB resident, %.1f MB of heap in use%n",
                when,
                sample.frames,
                sample.seconds - start.seconds,
                sample.cpuSeconds - start.cpuSeconds,
                sample.resident / 1e6,
                sample.live / 1e6);
    }

    private static void report(String name, List<Sample> part, PrintStream out) {
        out.printf(
                Locale.ROOT,
                "%s: %d to %d frames, at most %.1f MB resident, %.1f ms per frame, %.1f ms of CPU time per frame%n",
                name,
                part.get(0).frames,
                last(part).frames,
                peak(part) / 1e6,
                1e3 * secondsPerFrame(part),
                1e3 * cpuSecondsPerFrame(part));
    }

    private static double peak(List<Sample> part) {
        return part.stream().mapToDouble(Sample::resident).max().orElseThrow();
    }

    private static double secondsPerFrame(List<Sample> part) {
        return (last(part).seconds - part.get(0).seconds) / (last(part).frames - part.get(0).frames);
    }

    private static double cpuSecondsPerFrame(List<Sample> part) {
        return (last(part).cpuSeconds - part.get(0).cpuSeconds) / (last(part).frames - part.get(0).frames);
    }

    private static Sample last(List<Sample> part) {
        return part.get(part.size() - 1);
    }
}
