package da3.streaming.graph;

import da3.geometry.Pose;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Measures times and errors on generated graphs and on files. Run by hand; without arguments it generates graphs. */
final class PoseGraphMeasurements {

    private PoseGraphMeasurements() {}

    /** @param args files in the TORO format */
    public static void main(String[] args) throws IOException {
        for (String file : args) {
            measure(file, ToroFile.read(Path.of(file)), null);
        }
        if (args.length > 0) {
            return;
        }
        for (int size : new int[] {500, 2_500, 10_000}) {
            measureRoute(size, 0.3);
        }
        measureLayout("sphere 500", SyntheticGraphs.sphere(20, 25)); // warms up the virtual machine
        measureLayout("sphere 2,500", SyntheticGraphs.sphere(50, 50));
        measureLayout("torus 2,500", SyntheticGraphs.torus(50, 50));
        measureLayout("grid 2,744", SyntheticGraphs.grid(14, 0.5, 7));
        measureLayout("sphere 10,000", SyntheticGraphs.sphere(100, 100));
    }

    private static void measureLayout(String name, SyntheticGraphs.Layout layout) {
        measure(name, new SyntheticGraphs(5, 0.05, 0.02).graph(layout), layout.truth());
    }

    private static void measureRoute(int size, double falseFraction) {
        LoopyRoute route = LoopyRoute.generate(5, size / 5, size / 20, falseFraction, 3);
        PoseGraphResult result = measure("route " + size, route.graph(), route.truth());
        System.out.printf(
                Locale.ROOT,
                "  loops: %d of %d true ones accepted, %d of %d false ones%n",
                route.accepted(result, true),
                route.count(true),
                route.accepted(result, false),
                route.count(false));
    }

    private static PoseGraphResult measure(String name, PoseGraph graph, List<Pose> truth) {
        ThreadMXBean thread = ManagementFactory.getThreadMXBean();
        long start = System.nanoTime();
        long startOfThread = thread.getCurrentThreadCpuTime();
        PoseGraphResult result = new PoseGraphOptimizer(PoseGraphOptions.defaults()).optimize(graph);
        double seconds = (System.nanoTime() - start) / 1e9;
        double processorSeconds = (thread.getCurrentThreadCpuTime() - startOfThread) / 1e9;
        System.out.printf(
                Locale.ROOT,
                "%-16s %6d poses %6d edges %5d loops  %7.2f s (processor %.2f s)  %3d iterations  cost %.6g -> %.6g",
                name,
                graph.poseCount(),
                graph.edges.size(),
                graph.loopCount(),
                seconds,
                processorSeconds,
                result.iterations(),
                result.initialCost(),
                result.finalCost());
        if (truth != null) {
            System.out.printf(
                    Locale.ROOT,
                    "  RMS center error %.4f -> %.4f",
                    SyntheticGraphs.centerError(graph.initial.worldToCamera(), truth),
                    SyntheticGraphs.centerError(result.poses(), truth));
        }
        System.out.println();
        return result;
    }
}
