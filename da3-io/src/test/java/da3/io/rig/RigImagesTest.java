package da3.io.rig;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import da3.geometry.Intrinsics;
import da3.geometry.Pose;
import da3.geometry.lens.Pinhole;
import da3.geometry.rig.Rig;
import da3.geometry.rig.RigCamera;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RigImagesTest {

    @TempDir
    private Path folder;

    @Test
    void imagesWithTheSameNameAreRejected() throws IOException {
        Files.createFile(folder.resolve("front.jpg"));
        Files.createFile(folder.resolve("front.png"));
        Rig rig = new Rig(List.of(new RigCamera(
                "front", Pose.IDENTITY, new Pinhole(new Intrinsics(100, 100, 32, 24)), Optional.empty())));
        assertThatThrownBy(() -> RigImages.list(folder, rig))
                .isInstanceOf(IOException.class)
                .hasMessageEndingWith("names of images without extension must be unique, got front.jpg and front.png");
    }
}
