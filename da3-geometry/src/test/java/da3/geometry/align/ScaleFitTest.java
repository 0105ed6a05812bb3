package da3.geometry.align;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class ScaleFitTest {

    @Test
    void theFactorMinimizesTheSquaredError() {
        Random random = new Random(7);
        double[] target = random.doubles(50, -1, 3).toArray();
        double[] source = random.doubles(50, -1, 2).toArray();
        ScaleFit fit = new ScaleFit();
        for (int i = 0; i < target.length; i++) {
            fit.add(target[i], source[i]);
        }
        double factor = fit.factor().orElseThrow();
        assertThat(error(target, source, factor))
                .isLessThan(error(target, source, factor + 1e-3))
                .isLessThan(error(target, source, factor - 1e-3));
    }

    @Test
    void zerosHaveNoFactor() {
        ScaleFit fit = new ScaleFit();
        fit.add(3, 0);
        assertThat(fit.factor()).isEmpty();
    }

    private static double error(double[] target, double[] source, double factor) {
        double sum = 0;
        for (int i = 0; i < target.length; i++) {
            sum += Math.pow(target[i] - factor * source[i], 2);
        }
        return sum;
    }
}
