package da3.spark.simulation;

import da3.geometry.check.Check;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.function.DoubleConsumer;

/**
 * A discrete-event simulation of a job. An executor takes a task from the driver, reads its images from the store, computes
 * its scenes, writes their exports to the store and reports to the driver, which then gives it the next task. The driver and
 * the store serve one request at a time, in order; a store that serves several at once delivers the same bytes per second in
 * total.
 */
public final class ClusterSimulation {

    private static final long SEED = 1;

    private final Costs costs;
    private final int scenesPerTask;
    private final Random random = new Random(SEED);
    private final PriorityQueue<Event> events = new PriorityQueue<>();
    private final Server driver = new Server();
    private final Server store = new Server();
    private long eventCount;
    private int waitingScenes;
    private double computing;
    private double end;

    /** An event at a time; events of the same time happen in the order of their numbers. */
    private record Event(double time, long number, DoubleConsumer action) implements Comparable<Event> {
        @Override
        public int compareTo(Event other) {
            int order = Double.compare(time, other.time);
            return order != 0 ? order : Long.compare(number, other.number);
        }
    }

    /**
     * The result of a simulation.
     *
     * @param seconds time from the start of the executors to the last result, and merging
     * @param scenesPerHour throughput
     * @param computing fraction of the time in which executors compute scenes
     * @param driver fraction of the time in which the driver is busy
     * @param store fraction of the time in which the store is busy
     */
    public record Result(double seconds, double scenesPerHour, double computing, double driver, double store) {}

    private ClusterSimulation(Costs costs, int scenes, int scenesPerTask) {
        this.costs = costs;
        this.scenesPerTask = scenesPerTask;
        this.waitingScenes = scenes;
    }

    /**
     * Simulates a job.
     *
     * @param executors number of executors, each of which runs one task at a time
     * @param scenes number of scenes
     * @param scenesPerTask maximum number of scenes in a task
     */
    public static Result run(Costs costs, int executors, int scenes, int scenesPerTask) {
        Check.positive("executors", executors);
        Check.positive("scenes", scenes);
        Check.positive("scenesPerTask", scenesPerTask);
        ClusterSimulation simulation = new ClusterSimulation(costs, scenes, scenesPerTask);
        for (int i = 0; i < executors; i++) {
            simulation.at(costs.startSeconds(), simulation::loadModel);
        }
        simulation.runEvents();
        double merging = scenes * costs.mergeSeconds();
        double seconds = simulation.end + merging;
        return new Result(
                seconds,
                3600.0 * scenes / seconds,
                simulation.computing / (executors * seconds),
                (simulation.driver.busy() + merging) / seconds,
                simulation.store.busy() / seconds);
    }

    private void at(double time, DoubleConsumer action) {
        events.add(new Event(time, eventCount++, action));
    }

    private void runEvents() {
        while (!events.isEmpty()) {
            Event event = events.remove();
            event.action.accept(event.time);
        }
    }

    private void loadModel(double now) {
        at(transfer(now, costs.modelBytes()), this::requestTask);
    }

    /** Requests a task from the driver, whose work for it and for its result is one request here. */
    private void requestTask(double now) {
        int scenes = Math.min(scenesPerTask, waitingScenes);
        if (scenes > 0) {
            waitingScenes -= scenes;
            at(driver.serve(now, costs.driverSeconds()), time -> read(time, scenes));
        }
    }

    private void read(double now, int scenes) {
        at(transfer(now, scenes * costs.readBytes()), time -> compute(time, scenes));
    }

    private void compute(double now, int scenes) {
        double seconds = 0;
        for (int i = 0; i < scenes; i++) {
            seconds += sceneSeconds();
        }
        computing += seconds;
        at(now + costs.taskSeconds() + seconds, time -> write(time, scenes));
    }

    private void write(double now, int scenes) {
        double written = transfer(now, scenes * costs.writtenBytes());
        end = Math.max(end, written);
        at(written, this::requestTask);
    }

    private double transfer(double now, double bytes) {
        return store.serve(now, bytes / costs.storeBytesPerSecond());
    }

    /** Draws the time of a scene. */
    private double sceneSeconds() {
        double variance = Math.log1p(costs.variation() * costs.variation()); // of the logarithm
        return costs.sceneSeconds() * Math.exp(Math.sqrt(variance) * random.nextGaussian() - variance / 2);
    }
}
