package da3.streaming.prior;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import da3.geometry.math.Vec3;
import da3.streaming.prior.PosePriors.Placed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PosePriorsTest {

    @TempDir
    private Path folder;

    /** A camera that looks along the x axis of the world: its z axis is (1, 0, 0) there, its y axis is (0, 1, 0). */
    @Test
    void posesByTime() throws IOException {
        PosePriors priors = read(
                "# time  position  quaternion  sigmas",
                "0.98  1 2 3  0 0.7071067811865476 0 0.7071067811865476  0.1 0.5  # first",
                "7  0 0 0  0 0 0 1  1 1");
        assertThat(priors.size()).isEqualTo(2);
        List<Placed> placed = priors.place(new double[] {0, 0.5, 1, 1.5}, List.of("a", "b", "c", "d"));
        assertThat(placed).extracting(Placed::frame).containsExactly(2);
        PosePrior prior = placed.get(0).prior();
        assertThat(prior.pose().cameraCenter().minus(new Vec3(1, 2, 3)).norm()).isLessThan(1e-12);
        Vec3 ahead = prior.pose().transform(new Vec3(5, 2, 3)); // 4 m along x from the camera
        assertThat(ahead.z()).isCloseTo(4, within(1e-12));
        assertThat(prior.translationSigma()).isEqualTo(0.1);
        assertThat(prior.rotationSigma()).isEqualTo(0.5);
    }

    /** The cameras of a rig have the time of their instant. */
    @Test
    void framesAtTheSameTime() throws IOException {
        PosePriors priors =
                read("0 0 0 1 0 0 0 1 1 1", "1 0 0 2 0 0 0 1 1 1", "2.1 0 0 3 0 0 0 1 1 1", "3 0 0 3 0 0 0 1 1 1");
        List<String> names = Collections.nCopies(6, "");
        assertThat(priors.place(new double[] {0, 0, 1, 1, 2, 2}, names))
                .extracting(Placed::frame)
                .containsExactly(0, 2, 4);
        assertThat(priors.place(new double[] {1, 2, 3, 0, 1, 2}, names)) // a live source that was started again
                .extracting(Placed::frame)
                .containsExactly(3, 0, 1, 2);
    }

    /** Information matrices would not be finite. */
    @ParameterizedTest
    @ValueSource(strings = {"1e-200 1", "1 1e-200", "1e200 1"})
    void deviationsHaveLimits(String deviations) {
        assertThatThrownBy(() -> read("0 1 2 3 0 0 0 1 " + deviations))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("line 1 of " + file() + " is not a pose: standard deviation of the ")
                .hasMessageContaining("must be from ");
    }

    @Test
    void posesByName() throws IOException {
        PosePriors priors = read("b.png 0 0 1 0 0 0 1 1 1", "a.png 0 0 2 0 0 0 2 1 1", "c.png 0 0 3 0 0 0 1 1 1");
        List<Placed> placed = priors.place(new double[] {0, 1}, List.of("a.png", "b.png"));
        assertThat(placed).extracting(Placed::frame).containsExactly(0, 1);
        assertThat(placed.get(0).prior().pose().cameraCenter().z()).isEqualTo(2);
    }

    @Test
    void wrongFiles() {
        assertThatThrownBy(() -> read("# nothing"))
                .isInstanceOf(IOException.class)
                .hasMessage(file() + " contains no poses");
        assertThatThrownBy(() -> read("", "0 1 2 3 0 0 0 1"))
                .hasMessage("fields of line 2 of " + file()
                        + " must be 10 (time or frame, position, quaternion and two standard deviations), got 8");
        assertThatThrownBy(() -> read("0 1 2 three 0 0 0 1 1 1"))
                .hasMessage("line 1 of " + file() + " is not a pose: tz must be a number, got 'three'");
        assertThatThrownBy(() -> read("0 1 2 3 0 0 0 0 1 1")).hasMessageContaining("length of a quaternion must be");
        assertThatThrownBy(() -> read("0 1 2 NaN 0 0 0 1 1 1"))
                .hasMessageStartingWith("line 1 of " + file() + " is not a pose: measured pose must be");
        assertThatThrownBy(() -> read("0 1 2 3 0 0 0 1 0 1"))
                .hasMessageEndingWith("standard deviation of the position must be from 0.000001 to 1000000, got 0.0");
        assertThatThrownBy(() -> read("0 1 2 3 0 0 0 1 1 -2"))
                .hasMessageEndingWith("standard deviation of the rotation must be from 0.000001 to 1000000, got -2.0");
        assertThatThrownBy(() -> read("0 1 2 3 0 0 0 1 1 1", "0,5 1 2 3 0 0 0 1 1 1"))
                .hasMessage(
                        "first field of line 2 of " + file() + " must be a time in seconds as in line 1, got '0,5'");
        assertThatThrownBy(() -> read("a.png 1 2 3 0 0 0 1 1 1", "1 1 2 3 0 0 0 1 1 1"))
                .hasMessage("first field of line 2 of " + file()
                        + " must be the name of a frame, which is no number, as in line 1, got '1'");
        assertThatThrownBy(() -> read("Infinity 1 2 3 0 0 0 1 1 1")).hasMessageContaining("time must be finite");
    }

    private PosePriors read(String... lines) throws IOException {
        return PosePriors.read(Files.write(file(), List.of(lines)));
    }

    private Path file() {
        return folder.resolve("priors.txt");
    }
}
