package da3.nn;

import static da3.nn.EngineUnderTest.assertClose;
import static da3.nn.NaiveOperations.doubles;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class GeluTest {

    private static EngineUnderTest under;

    @BeforeAll
    static void open() {
        under = new EngineUnderTest();
    }

    @AfterAll
    static void close() {
        under.close();
    }

    @Test
    void isExactBetweenMinusTwelveAndTwelve() {
        float[] x = new float[300_001]; // more than one chunk
        for (int i = 0; i < x.length; i++) {
            x[i] = (float) (-12 + 24.0 * i / (x.length - 1));
        }
        // up to 12, a unit in the last place is 1e-6
        assertClose(gelu(x), NaiveOperations.activate(doubles(x), Activation.GELU), 2e-6);
    }

    @Test
    void isContinuousWhereTheArgumentIsClipped() {
        float[] x = new float[4000];
        for (int i = 0; i < x.length; i++) {
            x[i] = (i % 2 == 0 ? 1 : -1) * (5.3f + (i - 2000) * Math.ulp(5.3f));
        }
        assertClose(gelu(x), NaiveOperations.activate(doubles(x), Activation.GELU), 3 * Math.ulp(5.3f));
    }

    @Test
    void isZeroAtZeroAndFarBelowAndTheIdentityFarAbove() {
        float[] y = gelu(new float[] {0, -0f, 100, -100, 1e30f, Float.MIN_VALUE});
        assertThat(y[0]).isZero();
        assertThat(y[1]).isZero();
        // the error of the distribution function is two units in the last place
        assertThat(y[2]).isCloseTo(100, within(2e-5f));
        assertThat(y[3]).isCloseTo(0, within(2e-5f));
        assertThat(y[4]).isCloseTo(1e30f, within(2e23f));
        assertThat(y[5]).isBetween(0f, Float.MIN_VALUE);
    }

    private static float[] gelu(float[] x) {
        return under.run(() -> under.engine.activate(under.engine.upload(x, x.length), Activation.GELU));
    }
}
