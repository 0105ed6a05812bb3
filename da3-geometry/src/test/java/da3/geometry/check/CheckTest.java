package da3.geometry.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class CheckTest {

    @Test
    void valuesInRangeComeBack() {
        assertThat(Check.atLeast("n", 3, 3)).isEqualTo(3);
        assertThat(Check.positive("n", 1)).isEqualTo(1);
        assertThat(Check.inRange("n", 1, 4, 4)).isEqualTo(4);
        assertThat(Check.inRange("x", 0.0, 1.0, 1.0)).isEqualTo(1);
        assertThat(Check.finite("x", -2.5)).isEqualTo(-2.5);
    }

    @Test
    void messagesStateNameRequirementAndValue() {
        fails("n must be at least 3, got 2", () -> Check.atLeast("n", 3, 2));
        fails("n must be positive, got 0", () -> Check.positive("n", 0));
        fails("x must be positive and finite, got NaN", () -> Check.positive("x", Double.NaN));
        fails("x must be finite, got Infinity", () -> Check.finite("x", Double.POSITIVE_INFINITY));
        fails("n must be from 1 to 4, got 5", () -> Check.inRange("n", 1, 4, 5));
        fails("x must be from 0 to 0.5, got NaN", () -> Check.inRange("x", 0, 0.5, Double.NaN));
        fails("x must be finite and at least 0, got -1.0", () -> Check.atLeast("x", 0.0, -1.0));
    }

    private static void fails(String message, ThrowingCallable call) {
        assertThatIllegalArgumentException().isThrownBy(call).withMessage(message);
    }
}
