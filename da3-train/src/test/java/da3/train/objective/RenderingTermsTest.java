package da3.train.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import da3.core.EngineOptions;
import da3.core.Engines;
import da3.core.lpips.LpipsNetwork;
import da3.core.lpips.LpipsWeights;
import da3.geometry.Camera;
import da3.geometry.Intrinsics;
import da3.geometry.Pose;
import da3.geometry.ScalarMap;
import da3.geometry.gaussian.GaussianOptions;
import da3.geometry.splat.SplatImage;
import da3.geometry.splat.SplatOptions;
import da3.nn.Engine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RenderingTermsTest {

    private static final int SIDE = 33;
    private static final double SHARE = 0.5;
    private static final GaussianWeights WEIGHTS = new GaussianWeights(1, 0.2, 0, 0.3);

    @TempDir
    private Path folder;

    private static float[] colors(int seed) {
        Random random = new Random(seed);
        float[] rgb = new float[3 * SIDE * SIDE];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = random.nextFloat();
        }
        return rgb;
    }

    private static ScalarMap ones() {
        float[] values = new float[SIDE * SIDE];
        Arrays.fill(values, 1);
        return new ScalarMap(SIDE, SIDE, values);
    }

    private static RenderTarget target() {
        Camera camera = new Camera(Pose.IDENTITY, new Intrinsics(SIDE, SIDE, SIDE / 2.0, SIDE / 2.0));
        return new RenderTarget(camera, colors(2), ones());
    }

    private static double total(RenderingTerms.Result result) {
        return WEIGHTS.mse() * result.mse() + WEIGHTS.ssim() * result.ssim() + WEIGHTS.lpips() * result.lpips();
    }

    @Test
    void theGradientWithLpipsAgreesWithDifferences() throws IOException {
        try (Engine engine = Engines.create(new EngineOptions("onednn", 1))) {
            LpipsNetwork network = new LpipsNetwork(
                    engine, LpipsWeights.read(SmallLpipsFile.write(folder.resolve("lpips.safetensors"))));
            RenderingTerms terms = new RenderingTerms(WEIGHTS, Optional.of(network), SHARE);
            float[] image = colors(1);
            RenderingTerms.Result result =
                    engine.run(() -> terms.evaluate(new SplatImage(SIDE, SIDE, image, ones(), ones()), target()));
            assertThat(result.lpips()).isPositive();
            float[] gradient = result.gradients().rgb();
            double norm = 0;
            for (float value : gradient) {
                norm += (double) value * value;
            }
            norm = Math.sqrt(norm);
            double[] ends = new double[2];
            for (int i = 0; i < 2; i++) {
                float[] moved = image.clone();
                for (int j = 0; j < moved.length; j++) {
                    moved[j] += (float) ((i == 0 ? -1e-2 : 1e-2) * gradient[j] / norm);
                }
                ends[i] = total(
                        engine.run(() -> terms.evaluate(new SplatImage(SIDE, SIDE, moved, ones(), ones()), target())));
            }
            assertThat(SHARE * (ends[1] - ends[0]) / 2e-2).isCloseTo(norm, within(0.01 * norm));
        }
    }

    @Test
    void lpipsNeedsItsNetwork() {
        GaussianOptions options = new GaussianOptions(1, false, true, true, 12, 20, 0.5, 0.7);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new GaussianObjective(options, WEIGHTS, SplatOptions.defaults()))
                .withMessage("weight of LPIPS without its network must be 0, got 0.3");
    }
}
