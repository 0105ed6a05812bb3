package da3.synthetic.shard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DepthSensorTest {

    /** Two views of a wall at 2 to 4 meters, with sky in the first quarter of the pixels. */
    private static ShardScene scene(long seed) {
        int pixels = 40 * 50;
        float[] depth = new float[2 * pixels];
        for (int i = 0; i < depth.length; i++) {
            depth[i] = i % pixels < pixels / 4 ? 0 : 2 + 2f * (i % pixels) / pixels;
        }
        return new ShardScene(
                seed,
                "wall",
                2,
                40,
                50,
                new byte[3 * depth.length],
                depth,
                new float[24],
                new float[18],
                Optional.empty());
    }

    private static long known(float[] depth) {
        int known = 0;
        for (float value : depth) {
            known += value > 0 ? 1 : 0;
        }
        return known;
    }

    @Test
    void measuresSomePixelsWithErrors() {
        float[] exact = scene(1).depth();
        float[] measured = new DepthSensor(0.1, 0.2, 0).measured(scene(1)).depth();
        assertThat(known(measured)).isBetween(250L, 350L); // of 3000
        double sum = 0;
        for (int i = 0; i < exact.length; i++) {
            if (measured[i] > 0) {
                assertThat(exact[i]).isPositive();
                sum += Math.pow(Math.log(measured[i] / exact[i]), 2);
            }
        }
        assertThat(Math.sqrt(sum / known(measured))).isBetween(0.17, 0.23);
    }

    @Test
    void outliersAreBetweenTheNearestAndTheFarthestDepth() {
        float[] exact = scene(1).depth();
        float[] measured = new DepthSensor(1, 0, 0.3).measured(scene(1)).depth();
        int wrong = 0;
        for (int i = 0; i < exact.length; i++) {
            assertThat(measured[i] > 0).isEqualTo(exact[i] > 0);
            assertThat(measured[i]).isLessThan(4);
            wrong += measured[i] == exact[i] ? 0 : 1;
        }
        assertThat(wrong).isBetween(800, 1000); // of 3000
    }

    @Test
    void errorsFollowFromTheSeedOfTheScene() {
        DepthSensor sensor = new DepthSensor(0.1, 0.2, 0.1);
        float[] once = sensor.measured(scene(1)).depth();
        assertThat(sensor.measured(scene(1)).depth()).isEqualTo(once);
        assertThat(Arrays.equals(sensor.measured(scene(2)).depth(), once)).isFalse();
    }
}
