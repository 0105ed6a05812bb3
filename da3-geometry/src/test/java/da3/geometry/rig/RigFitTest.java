package da3.geometry.rig;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import da3.geometry.DegenerateGeometryException;
import da3.geometry.Pose;
import da3.geometry.Sim3;
import da3.geometry.math.Quaternion;
import da3.geometry.math.Vec3;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RigFitTest {

    private static final Rig RIG = Rigs.surround(5, 0.8);

    /** A prediction in a frame and unit of its own has the motion of the rig in meters. */
    @Test
    void findsTheRigAtEachInstant() {
        List<Pose> instants = drive(4);
        Sim3 gauge = new Sim3(0.37, new Quaternion(0.3, -0.2, 0.5, 1).toMatrix(), new Vec3(4, 5, 6));
        RigFit fit = RigFit.of(RIG, predicted(instants, gauge));
        assertThat(fit.scale()).isCloseTo(1 / 0.37, within(1e-9));
        assertThat(fit.scaleDeviation()).isLessThan(1e-9);
        assertThat(fit.rotationError()).isLessThan(1e-6);
        Pose expected = instants.get(3).compose(instants.get(0).inverse());
        Pose actual =
                fit.rigFromWorld().get(3).compose(fit.rigFromWorld().get(0).inverse());
        assertThat(actual.translation().minus(expected.translation()).norm()).isLessThan(1e-9);
    }

    @Test
    void noiseIsAveragedAndReported() {
        Random random = new Random(1);
        List<Pose> noisy = new ArrayList<>();
        for (Pose pose : predicted(drive(16), Sim3.IDENTITY)) {
            Vec3 noise = new Vec3(random.nextGaussian(), random.nextGaussian(), random.nextGaussian()).times(0.05);
            noisy.add(pose.withTranslation(pose.translation().plus(noise)));
        }
        RigFit fit = RigFit.of(RIG, noisy);
        assertThat(fit.scale()).isCloseTo(1, within(0.02));
        assertThat(fit.scaleDeviation()).isBetween(0.003, 0.015);
    }

    @Test
    void doubledBaselinesDoubleTheScale() {
        List<Pose> predicted = predicted(drive(2), Sim3.IDENTITY);
        assertThat(RigFit.of(RIG.scaled(2), predicted).scale()).isCloseTo(2, within(1e-9));
    }

    @Test
    void needsWholeInstantsWithBaselines() {
        List<Pose> predicted = predicted(drive(2), Sim3.IDENTITY);
        assertThatThrownBy(() -> RigFit.of(RIG, predicted.subList(0, 7)))
                .hasMessage("number of predicted cameras must be a multiple of 5, got 7");
        List<Pose> together = Collections.nCopies(5, Pose.IDENTITY);
        assertThatThrownBy(() -> RigFit.of(RIG, together))
                .isInstanceOf(DegenerateGeometryException.class)
                .hasMessageContaining("arranged like those of the rig, got 0.0 units per meter");
    }

    private static List<Pose> drive(int count) {
        List<Pose> instants = new ArrayList<>();
        for (int k = 0; k < count; k++) {
            Pose worldFromRig = new Pose(new Quaternion(0, 0, 0.05 * k, 1).toMatrix(), new Vec3(1.5 * k, 0.1 * k, 0));
            instants.add(worldFromRig.inverse());
        }
        return instants;
    }

    private static List<Pose> predicted(List<Pose> instants, Sim3 gauge) {
        return instants.stream()
                .flatMap(instant -> RIG.poses(instant).stream())
                .map(gauge::applyToPose)
                .toList();
    }
}
