package da3.spark.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ClusterSimulationTest {

    private static Costs costs(double driver, double task, double bytes, double model, double merge) {
        return new Costs(driver, task, 1, 0, bytes, bytes, model, 0, 1e9, merge);
    }

    private static double seconds(Costs costs, int executors, int scenes, int scenesPerTask) {
        return ClusterSimulation.run(costs, executors, scenes, scenesPerTask).seconds();
    }

    @Test
    void oneExecutorTakesTheSumOfAllCosts() {
        Costs costs = costs(0.1, 0.2, 1e8, 5e8, 0.3);
        double task = 0.1 + 0.2 + 3 * (1 + 0.1 + 0.1);
        assertThat(seconds(costs, 1, 6, 3)).isCloseTo(0.5 + 2 * task + 6 * 0.3, within(1e-9));
        assertThat(seconds(costs, 1, 7, 3)).isCloseTo(0.5 + 2 * task + 0.3 + 1.2 + 7 * 0.3, within(1e-9));
    }

    @Test
    void executorsShareTheWorkWhereNothingElseIsBusy() {
        Costs free = costs(0, 0, 0, 0, 0);
        ClusterSimulation.Result result = ClusterSimulation.run(free, 50, 200, 1);
        assertThat(result.seconds()).isCloseTo(4, within(1e-9));
        assertThat(result.scenesPerHour()).isCloseTo(50 * 3600, within(1e-6));
        assertThat(result.computing()).isCloseTo(1, within(1e-9));
        assertThat(seconds(free, 50, 201, 1)).isCloseTo(5, within(1e-9));
        ClusterSimulation.Result large = ClusterSimulation.run(free, 5_000, 1_000_000, 100);
        assertThat(large.scenesPerHour()).isCloseTo(5_000 * 3600, within(1e-3));
    }

    @Test
    void theDriverLimitsTheNumberOfTasks() {
        Costs costs = costs(0.01, 0, 0, 0, 0);
        ClusterSimulation.Result single = ClusterSimulation.run(costs, 1000, 20_000, 1);
        assertThat(single.scenesPerHour()).isBetween(3600 * 99.0, 3600 * 100.0); // 100 tasks per second
        assertThat(single.driver()).isGreaterThan(0.99);
        ClusterSimulation.Result grouped = ClusterSimulation.run(costs, 1000, 200_000, 20);
        assertThat(grouped.scenesPerHour()).isGreaterThan(3600 * 900);
    }

    @Test
    void theStoreLimitsTheBytes() {
        Costs costs = costs(0, 0, 5e7, 0, 0);
        ClusterSimulation.Result result = ClusterSimulation.run(costs, 1000, 5_000, 1);
        assertThat(result.scenesPerHour()).isBetween(3600 * 9.9, 3600 * 10.0); // 100 MB each at 1 GB per second
        assertThat(result.store()).isGreaterThan(0.99);
    }

    @Test
    void timesVaryAroundTheirMean() {
        Costs varied = new Costs(0, 0, 2, 0.5, 0, 0, 0, 0, 1, 0);
        ClusterSimulation.Result result = ClusterSimulation.run(varied, 1, 20_000, 1);
        assertThat(result.seconds() / 20_000).isCloseTo(2, within(0.02));
        assertThat(ClusterSimulation.run(varied, 1, 20_000, 1)).isEqualTo(result);
    }
}
