package da3.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import da3.core.EngineOptions;
import da3.core.Engines;
import da3.nn.BackboneConfig;
import da3.nn.DptConfig;
import da3.nn.Engine;
import da3.nn.Network;
import da3.nn.NetworkConfig;
import da3.weights.SeededWeights;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RooflineTest {

    /** A network with 16 channels, 4 blocks of 2 heads and 48 hidden channels, and prediction heads of 8 features. */
    private static final NetworkConfig TINY = new NetworkConfig(
            new BackboneConfig(
                    56, 14, 16, 4, 2, false, 48, 1, 1, 1, 100, true, List.of(0, 1, 2, 3), 0.1, 1e-6, 1e-5, 1e-5, 3),
            DptConfig.of(DptConfig.Kind.DEPTH_AND_RAYS, 32, 14, 2, 8, List.of(8, 12, 16, 16), true, true),
            Optional.of(32),
            Optional.empty(),
            Optional.empty());

    private static final Peaks PEAKS = new Peaks(2e9, 1e9);

    /** Runs the network on one view of 28x42 pixels, with 2x3 patches and token 0. */
    private static Map<Part, Work> run() {
        try (Engine engine = Engines.create(EngineOptions.defaults().withThreads(2))) {
            MeteredEngine metered = new MeteredEngine(engine, PEAKS);
            return Roofline.run(metered, new Network(metered, new SeededWeights(), "model", TINY), 1, 28, 42)
                    .parts();
        }
    }

    @Test
    void arithmeticEqualsTheManualCount() {
        Map<Part, Work> parts = run();
        assertFlop(parts, Part.PATCH_EMBEDDING, 2 * 6 * 588 * 16);
        assertFlop(parts, Part.QKV, 4 * 2 * 7 * 16 * 48);
        assertFlop(parts, Part.ATTENTION, 4 * 2 * 2 * 7 * 7 * 16);
        assertFlop(parts, Part.PROJECTION, 4 * 2 * 7 * 16 * 16);
        assertFlop(parts, Part.FEED_FORWARD, 4 * 2 * 2 * 7 * 16 * 48);
        // four levels to 8, 12, 16, 16 channels; after fusion on maps of 1x2, 2x3, 4x6, 8x12; two outputs of 28x42
        assertFlop(parts, Part.POINTWISE, 2 * (6 * 32 * 52 + (2 + 6 + 24 + 96) * 8 * 8 + 28 * 42 * 32 * 2));
        assertFlop(parts, Part.TRANSPOSED, 2 * 6 * (8 * 8 * 16 + 12 * 12 * 4));
        assertFlop(parts, Part.CAMERA, 2 * (2 * 32 * 32 + 32 * 9));
        assertFlop(parts, Part.NORM, 0);
    }

    /** All windows of length 3 on n pixels cover 3 n - 2 pixels. */
    @Test
    void convolutionsDoNotCountThePadding() {
        int halving = 2 * (2 * 4) * 16 * 16; // 2x3 to 1x2
        int toFeatures = 2 * (22 * 34 * 8 + 10 * 16 * 12 + 4 * 7 * 16 + 1 * 4 * 16) * 8;
        int fusion = 2 * (2 * 1 * 4 + 4 * (4 * 7 + 10 * 16 + 22 * 34)) * 8 * 8;
        int output = 2 * (46 * 70 * 8 * 4 + 82 * 124 * 4 * 32);
        assertFlop(run(), Part.CONVOLUTION, halving + toFeatures + fusion + output);
        assertThat(MeteredEngine.taps(1, 1)).isEqualTo(1);
        assertThat(MeteredEngine.taps(5, 1)).isEqualTo(13);
        assertThat(MeteredEngine.taps(5, 2)).isEqualTo(2 + 3 + 2);
        assertThat(MeteredEngine.taps(4, 2)).isEqualTo(2 + 3);
    }

    @Test
    void trafficCountsEveryInputAndOutputOnce() {
        Work qkv = run().get(Part.QKV);
        double bytes = 4 * 4 * (7 * 16 + 48 * 16 + 48 + 7 * 48);
        assertThat(qkv.bytes()).isEqualTo(bytes);
        assertThat(qkv.calls()).isEqualTo(4);
        assertThat(qkv.floorSeconds()).isCloseTo(Math.max(qkv.flop() / 2e9, bytes / 1e9), within(1e-12));
    }

    @Test
    void theTableHasTotals() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.GERMANY);
            String table = Roofline.table(new Roofline.Run(
                    Map.of(
                            Part.ATTENTION,
                            new Work(2, 3e9, 4e6, 0.005, 0.010),
                            Part.NORM,
                            new Work(1, 0, 1e6, 0.001, 0.002)),
                    0.020));
            assertThat(table)
                    .contains("| attention | 2 | 3.00 | 4.0 | 5.00 | 10.00 | 50 % |")
                    .contains("| between operations | 0 | 0.00 | 0.0 | 0.00 | 8.00 | 0 % |")
                    .contains("| **all** | 3 | 3.00 | 5.0 | 6.00 | 20.00 | 30 % |");
        } finally {
            Locale.setDefault(before);
        }
    }

    private static void assertFlop(Map<Part, Work> parts, Part part, int flop) {
        assertThat(parts.get(part).flop()).as(part.title).isEqualTo(flop);
    }
}
