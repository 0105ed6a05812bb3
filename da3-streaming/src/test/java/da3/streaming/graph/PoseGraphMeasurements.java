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

    /** @param args a file in the TORO format, and one with exact measurements between consecutive poses */
    public static void main(String[] args) throws IOException {
        if (args.length > 0) {
            List<Pose> truth = ToroFile.read(Path.of(args[1])).initial.worldToCamera();
            measure(args[0], ToroFile.read(Path.of(args[0])), truth);
            return;
        }
        for (int size : new int[] {500, 2_500, 10_000}) {
            measureRoute("route", LoopyRoute.generate(5, size / 5, size / 20, 0.3, 3));
            // the scale of the last window drifts by a factor of exp(20 / 8)
            measureRoute("windows", LoopyRoute.generateWindows(5, size / 5, size / 20, 0.3, 20.0 / size, 3));
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

    private static void measureRoute(String name, LoopyRoute route) {
        PoseGraphResult result = measure(name, route.graph(), route.truth());
        System.out.printf(
                Locale.ROOT,
                "  loops: %d of %d true ones accepted, %d of %d false ones; largest error of a scale %.2f %% -> %.2f %%%n",
                route.accepted(result, true),
                route.count(true),
                route.accepted(result, false),
                route.count(false),
                100 * route.largestScaleError(route.graph().initial.scales()),
                100 * route.largestScaleError(result.scales()));
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
                "%-16s %6d poses %6d edges %5d loops  %7.2f s (processor %.2f s)  %3d iterations  cost %.6g -> %.6g  RMS center error %.4f -> %.4f%n",
                name,
                graph.poseCount(),
                graph.edges.size(),
                graph.loopCount(),
                seconds,
                processorSeconds,
                result.iterations(),
                result.initialCost(),
                result.finalCost(),
                SyntheticGraphs.centerError(graph.initial.worldToCamera(), truth),
                SyntheticGraphs.centerError(result.poses(), truth));
        return result;
    }
}
