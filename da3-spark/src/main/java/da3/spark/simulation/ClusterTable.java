package da3.spark.simulation;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;

/** Prints throughput against the number of executors for some jobs, with costs that {@code docs/scale-out.md} explains. */
public final class ClusterTable {

    private static final List<Integer> EXECUTORS = List.of(1, 10, 100, 300, 1_000, 3_000);

    /** Scenes per executor, enough for its start not to matter. */
    private static final int SCENES = 500;

    // Measured: see docs/scale-out.md.
    private static final double DRIVER = 0.0032;
    private static final double TASK = 0.017;
    private static final double MERGE = 0.41;

    // Assumed: executors that start in 10 s, a store of 10 GB/s, DA3-BASE, and scenes of ten photos of 2 MB
    // whose maps of 504x378 are not compressed; those of 1 s are a tenth of it.
    private static final double START = 10;
    private static final double STORE = 10e9;
    private static final double MODEL = 0.54e9;
    private static final double READ = 20e6;
    private static final double WRITTEN = 15e6;

    private static final double VARIATION = 0.3;

    private ClusterTable() {}

    /** @param args none */
    public static void main(String[] args) {
        print("scenes of 1 s, one in a task", scenes(1, READ / 10, WRITTEN / 10, 0), 1, System.out);
        print("scenes of 1 s, 20 in a task", scenes(1, READ / 10, WRITTEN / 10, 0), 20, System.out);
        print("scenes of 20 s, one in a task", scenes(20, READ, WRITTEN, 0), 1, System.out);
        print("windows of 60 s of one sequence", scenes(60, READ, WRITTEN, MERGE), 100, System.out);
    }

    private static Costs scenes(double seconds, double read, double written, double merge) {
        return new Costs(DRIVER, TASK, seconds, VARIATION, read, written, MODEL, START, STORE, merge);
    }

    /** Prints a table in Markdown. */
    static void print(String name, Costs costs, int scenesPerTask, PrintStream out) {
        out.printf("%n%s%n%n| executors | scenes per hour | computing | driver busy | store busy |%n", name);
        out.println("|---|---|---|---|---|");
        for (int executors : EXECUTORS) {
            ClusterSimulation.Result result =
                    ClusterSimulation.run(costs, executors, SCENES * executors, scenesPerTask);
            out.printf(
                    Locale.ROOT,
                    "| %,d | %,d | %.0f %% | %.0f %% | %.0f %% |%n",
                    executors,
                    Math.round(result.scenesPerHour()),
                    100 * result.computing(),
                    100 * result.driver(),
                    100 * result.store());
        }
    }
}
