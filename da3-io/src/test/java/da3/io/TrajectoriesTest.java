package da3.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import da3.geometry.Camera;
import da3.geometry.Pose;
import da3.geometry.Scene;
import da3.geometry.View;
import da3.geometry.math.Mat3;
import da3.geometry.math.Vec3;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrajectoriesTest {

    /** A half turn about z; its inverse has the translation (-1, 2, -3). */
    private static final Pose HALF_TURN = new Pose(new Mat3(-1, 0, 0, 0, -1, 0, 0, 0, 1), new Vec3(-1, 2, 3));

    @TempDir
    private Path folder;

    @Test
    void tumHasTimeTranslationAndQuaternion() throws IOException {
        Path file = Trajectories.writeTum(List.of(HALF_TURN, Pose.IDENTITY), new double[] {0.5, 2}, folder);
        List<String> lines = Files.readAllLines(file);
        assertThat(numbers(lines.get(0))).containsExactly(0.5, -1, 2, -3, 0, 0, 1, 0);
        assertThat(numbers(lines.get(1))).containsExactly(2, 0, 0, 0, 0, 0, 0, 1);
        assertThatThrownBy(() -> Trajectories.writeTum(List.of(HALF_TURN), new double[0], folder))
                .hasMessage("number of times must be 1 like the number of poses, got 0");
    }

    @Test
    void kittiHasTheCameraToWorldMatrix() throws IOException {
        Path file = Trajectories.writeKitti(List.of(HALF_TURN), folder);
        assertThat(numbers(Files.readString(file).strip())).containsExactly(-1, 0, 0, -1, 0, -1, 0, 2, 0, 0, 1, -3);
    }

    @Test
    void viewsOfAScene() throws IOException {
        assertThat(Files.readAllLines(Trajectories.writeTum(Scenes.random(4, 3, 1), folder)))
                .hasSize(2)
                .element(1)
                .asString()
                .startsWith("1.0 ");
        assertThat(Files.readAllLines(Trajectories.writeKitti(Scenes.random(4, 3, 1), folder)))
                .hasSize(2);
        assertThatThrownBy(() -> Trajectories.writeTum(Scenes.of(false, Scenes.plain(1, 1, 1)), folder))
                .hasMessageContaining("view 0 has no camera");
        View view = Scenes.random(4, 3, 1).view(0);
        Pose stretched = new Pose(Mat3.IDENTITY.times(2), Vec3.ZERO);
        Camera camera = new Camera(stretched, view.camera().orElseThrow().intrinsics());
        Scene scene = Scenes.of(false, new View(view.image(), view.depth(), Optional.empty(), Optional.of(camera)));
        assertThatThrownBy(() -> Trajectories.writeKitti(scene, folder))
                .hasMessageContaining("the pose of view 0 must be a rigid motion");
        assertThatThrownBy(() -> Glb.write(scene, folder, GlbOptions.defaults()))
                .hasMessageContaining("the pose of view 0 must be a rigid motion");
    }

    /** Returns the numbers of a line, with -0 replaced by 0. */
    private static double[] numbers(String line) {
        String[] fields = line.split(" ");
        double[] numbers = new double[fields.length];
        for (int i = 0; i < fields.length; i++) {
            numbers[i] = Double.parseDouble(fields[i]) + 0.0;
        }
        return numbers;
    }
}
