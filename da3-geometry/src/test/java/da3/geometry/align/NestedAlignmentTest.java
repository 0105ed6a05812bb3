package da3.geometry.align;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import da3.geometry.Camera;
import da3.geometry.DegenerateGeometryException;
import da3.geometry.Intrinsics;
import da3.geometry.Pose;
import da3.geometry.ScalarMap;
import da3.geometry.math.Mat3;
import da3.geometry.math.Vec3;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class NestedAlignmentTest {

    private static final int SIZE = 40;
    private static final Camera CAMERA =
            new Camera(new Pose(Mat3.IDENTITY, new Vec3(1, 2, 3)), new Intrinsics(500, 700, 20, 0.5));

    private final float[] depth = new float[SIZE];
    private final float[] confidence = new float[SIZE];
    private final float[] canonical = new float[SIZE];
    private final float[] sky = new float[SIZE];

    NestedAlignmentTest() {
        for (int i = 0; i < SIZE; i++) {
            depth[i] = 1 + i * 0.1f;
            confidence[i] = 2 + i % 2;
            canonical[i] = depth[i] * 3; // times the mean focal length 600 / 300: 6 meters per unit
        }
    }

    @Test
    void findsTheScaleFromConfidentGroundAlone() {
        for (int i = 0; i < 10; i++) {
            sky[i] = 0.9f;
            canonical[i] = 1000;
        }
        canonical[10] = 77; // not confident
        canonical[11] = 0.004f; // no metric depth
        depth[13] = 0; // no depth
        NestedAlignment aligned = align();
        assertThat(aligned.scale()).isCloseTo(6, within(1e-6));
        assertThat(aligned.cameras()
                        .get(0)
                        .pose()
                        .translation()
                        .minus(new Vec3(6, 12, 18))
                        .norm())
                .isLessThan(1e-5);
        assertThat(aligned.cameras().get(0).intrinsics()).isEqualTo(CAMERA.intrinsics());
        float[] meters = aligned.depths().get(0).values();
        assertThat(meters[20]).isCloseTo(18, within(1e-4f));
        assertThat(meters[0]).isCloseTo((float) (6 * (1 + 0.1 * (39 - 0.29))), within(1e-3f));
        assertThat(aligned.confidences().get(0).values()[0]).isEqualTo(1);
        assertThat(aligned.confidences().get(0).values()[20]).isEqualTo(2);
    }

    @Test
    void skyIsAtMostTwoHundredMetersAway() {
        sky[0] = 1;
        for (int i = 0; i < SIZE; i++) {
            canonical[i] *= 100;
        }
        assertThat(align().depths().get(0).values()[0]).isEqualTo(200);
    }

    @Test
    void rejectsTooFewGroundPixels() {
        for (int i = 10; i < SIZE; i++) {
            sky[i] = 1;
        }
        assertThatThrownBy(this::align)
                .isInstanceOf(DegenerateGeometryException.class)
                .hasMessageContaining("must be at least 11, got 10 and 30 sky pixels");
    }

    @Test
    void rejectsGroundWithoutDepth() {
        Arrays.fill(canonical, 0);
        assertThatThrownBy(this::align)
                .isInstanceOf(DegenerateGeometryException.class)
                .hasMessageContaining("none of 40 ground pixels");
    }

    private NestedAlignment align() {
        return NestedAlignment.of(map(depth), map(confidence), List.of(CAMERA), map(canonical), map(sky));
    }

    private static List<ScalarMap> map(float[] values) {
        return List.of(new ScalarMap(SIZE, 1, values));
    }
}
