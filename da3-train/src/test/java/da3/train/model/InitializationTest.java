package da3.train.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InitializationTest {

    private final Initialization initialization = new Initialization(0.5, 1, 1, 0.02);

    @ParameterizedTest
    @ValueSource(strings = {"fc_t", "fc_qvec", "fc_fov.0"})
    void theCameraHeadStartsFromItsBiases(String layer) {
        assertThat(initialization.values("model.cam_dec." + layer + ".weight", new int[] {4, 8}, 3, 7))
                .containsOnly(0);
    }

    @Test
    void theFirstCamerasDoNotTurn() {
        assertThat(initialization.values("model.cam_dec.fc_qvec.bias", new int[] {4}, 3, 7))
                .containsExactly(0, 0, 0, 1);
        assertThat(initialization.values("model.cam_dec.fc_fov.0.bias", new int[] {2}, 3, 7))
                .containsOnly(1);
    }

    @Test
    void matricesAreUniformByTheirFanIn() {
        float[] values = initialization.values("model.cam_dec.backbone.0.weight", new int[] {50, 100}, 3, 7);
        for (float value : values) {
            assertThat(Math.abs(value)).isLessThanOrEqualTo(0.1f);
        }
        assertThat(values)
                .isEqualTo(initialization.values("model.cam_dec.backbone.0.weight", new int[] {50, 100}, 3, 7));
        assertThat(values)
                .isNotEqualTo(initialization.values("model.cam_dec.backbone.0.weight", new int[] {50, 100}, 4, 7));
    }
}
