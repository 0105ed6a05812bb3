package da3.train.objective;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AbsoluteValueTest {

    @ParameterizedTest
    @ValueSource(doubles = {0, -0.0, 3, -3, Double.MIN_VALUE, -Double.MIN_VALUE, Double.NEGATIVE_INFINITY, Double.NaN})
    void derivativeIsTheSign(double x) {
        assertThat(AbsoluteValue.derivative(x)).isEqualTo((Double) Math.signum(x));
    }
}
