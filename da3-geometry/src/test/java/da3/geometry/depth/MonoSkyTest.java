package da3.geometry.depth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import da3.geometry.ScalarMap;
import da3.geometry.SkyMask;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class MonoSkyTest {

    @Test
    void skyMovesToTheFarEndOfTheGroundOfAllViews() {
        List<ScalarMap> depths = List.of(ramp(101, 0), ramp(101, 100));
        // Ground depths are 0 to 79 in the first view and 100 to 179 in the second.
        List<ScalarMap> skies = List.of(skyFrom(101, 80), skyFrom(101, 80));
        List<ScalarMap> filled = MonoSky.fill(depths, skies);
        float far = (float) (100 + 0.99 * 159 - 80);
        assertThat(filled.get(0).values()[79]).isEqualTo(79);
        assertThat(filled.get(0).values()[80]).isEqualTo(far);
        assertThat(filled.get(1).values()[100]).isEqualTo(far);
    }

    @Test
    void tenSkyOrGroundPixelsAreTooFew() {
        List<ScalarMap> depths = List.of(ramp(30, 1));
        assertThat(MonoSky.fill(depths, List.of(skyFrom(30, 20)))).isEqualTo(depths);
        assertThat(MonoSky.fill(depths, List.of(skyFrom(30, 10)))).isEqualTo(depths);
        assertThat(MonoSky.fill(depths, List.of(skyFrom(30, 19)))).isNotEqualTo(depths);
    }

    @Test
    void theThresholdItselfIsSky() {
        SkyMask mask = SkyMask.of(List.of(new ScalarMap(3, 1, new float[] {0.2999f, 0.3f, 0.5f})));
        assertThat(mask.groundCount()).isEqualTo(1);
        assertThat(mask.skyCount()).isEqualTo(2);
        assertThat(mask.isGround(0, 1)).isFalse();
    }

    @Test
    void rejectsMapsOfAnotherSize() {
        assertThatThrownBy(() -> MonoSky.fill(List.of(ramp(30, 1)), List.of(skyFrom(31, 20))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("30x1")
                .hasMessageContaining("31x1");
    }

    private static ScalarMap ramp(int n, int from) {
        float[] values = new float[n];
        for (int i = 0; i < n; i++) {
            values[i] = from + i;
        }
        return new ScalarMap(n, 1, values);
    }

    private static ScalarMap skyFrom(int n, int first) {
        float[] values = new float[n];
        Arrays.fill(values, first, n, 0.9f);
        return new ScalarMap(n, 1, values);
    }
}
