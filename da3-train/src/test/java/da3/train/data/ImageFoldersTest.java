package da3.train.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import da3.geometry.Image;
import da3.io.ImageFormatException;
import da3.train.data.ArchiveScenes.DepthLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageFoldersTest {

    @TempDir
    Path folder;

    @BeforeEach
    void write() throws IOException {
        UserFiles.image(folder.resolve("b.png"), new Image(8, 4, new byte[96]));
        UserFiles.image(folder.resolve("a.png"), new Image(2, 6, new byte[36]));
        UserFiles.image(folder.resolve("more/c.png"), new Image(3, 3, new byte[27]));
        Files.writeString(folder.resolve("notes.txt"), "no image");
    }

    private SceneSource open(int maxSide) throws IOException {
        return SceneSources.openForLabels(List.of(folder, folder.resolve("more")), DepthLimits.NONE, maxSide);
    }

    @Test
    void everyImageIsASceneWithoutDepthAndCamera() throws IOException {
        SceneSource scenes = open(4);
        assertThat(scenes.scenes()).isEqualTo(3);
        assertThat(scenes.hasCameras()).isFalse();
        assertThat(scenes.hasDepth()).isFalse();
        assertThat(new JoinedScenes(List.of(scenes, new PlaneScenes(1, 1, 14, 14))).hasDepth())
                .isFalse();
        assertThat(scenes.name(2)).isEqualTo(folder.resolve("more/c.png").toString());
        TrainingScene reduced = scenes.read(1);
        assertThat(reduced.columns()).isEqualTo(4);
        assertThat(reduced.rows()).isEqualTo(2);
        assertThat(reduced.depth()).containsOnly(0);
        assertThat(open(0).read(0).rows()).isEqualTo(6);
    }

    @Test
    void scenesThatAreTooLargeForAnArrayAreAnError() {
        SourceView view =
                new SourceView(folder.resolve("b.png"), Optional.empty(), Optional.empty(), Optional.empty(), true);
        ViewReader reader = new ViewReader(new ViewOptions(DepthLimits.NONE, 0, 60));
        assertThatThrownBy(() -> reader.read(Collections.nCopies(30_000_000, view)))
                .isInstanceOf(IOException.class)
                .hasMessage("views of the scene of " + view.image() + " must be at most 2147483639 bytes together, "
                        + "which a maximum side or fewer views per scene ensure, got 2880000000");
    }

    @Test
    void faultsNameTheFile() throws IOException {
        Files.writeString(folder.resolve("d.jpg"), "text");
        SceneSource scenes = open(4);
        assertThatThrownBy(() -> scenes.read(2))
                .isInstanceOf(ImageFormatException.class)
                .hasMessageStartingWith(folder.resolve("d.jpg") + ": is not an image of a supported format");
        Files.createFile(folder.resolve("e.heic"));
        assertThatThrownBy(() -> open(4))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("e.heic must be converted to JPEG or PNG first");
        Path empty = Files.createDirectory(folder.resolve("empty"));
        assertThatThrownBy(() -> SceneSources.openForLabels(List.of(empty), DepthLimits.NONE, 4))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessageStartingWith(empty.toString());
    }
}
