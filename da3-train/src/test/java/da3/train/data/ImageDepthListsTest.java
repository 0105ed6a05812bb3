package da3.train.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import da3.geometry.Image;
import da3.train.data.ArchiveScenes.DepthLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageDepthListsTest {

    @TempDir
    Path folder;

    @BeforeEach
    void write() throws IOException {
        UserFiles.image(folder.resolve("a b.png"), new Image(4, 2, new byte[24]));
        UserFiles.image(folder.resolve("c.png"), new Image(4, 2, new byte[24]));
        UserFiles.pfm(folder.resolve("d.pfm"), 4, 2, 1, 2, 3, 4, 5, 6, 7, 8);
        UserFiles.png(folder.resolve("m.png"), 4, 2, 1, 1, 1, 0, 1, 1, 1, 1, 1);
        Files.createFile(folder.resolve("x.heic"));
    }

    private FileScenes open(String text) throws IOException {
        Path list = Files.writeString(folder.resolve("list.txt"), text);
        return ImageDepthLists.open(List.of(list), new ViewOptions(DepthLimits.NONE, 0, 90));
    }

    @Test
    void everyLineIsAViewWithoutCamera() throws IOException {
        FileScenes scenes = open("# comment\n\nc.png d.pfm\na b.png\td.pfm\tm.png\n");
        assertThat(scenes.scenes()).isEqualTo(2);
        assertThat(scenes.hasCameras()).isFalse();
        assertThat(scenes.name(1)).isEqualTo(folder.resolve("a b.png").toString());
        TrainingScene scene = scenes.read(1);
        assertThat(scene.views()).isEqualTo(1);
        assertThat(scene.depth()).containsExactly(1, 2, 0, 4, 5, 6, 7, 8);
        assertThat(scene.camera(0).intrinsics().fx()).isCloseTo(2, offset(1e-6));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "c.png | must be an image, a depth map, and optionally a mask, got c.png",
                "c.png d.pfm m.png d.pfm | must be an image, a depth map, and optionally a mask",
                "c.png e.pfm | e.pfm",
                "x.heic d.pfm | x.heic must be converted to JPEG or PNG first",
                "# nothing | must have at least one line with an image and its depth, got none",
            })
    void faultsNameTheFile(String line, String message) {
        assertThatThrownBy(() -> open(line)).isInstanceOf(IOException.class).hasMessageContaining(message);
    }

    @Test
    void faultsNameTheLine() {
        assertThatThrownBy(() -> open("c.png \0"))
                .isInstanceOf(IOException.class)
                .hasMessage("line 1 of " + folder.resolve("list.txt")
                        + " must have names of files, got Nul character not allowed");
        assertThatThrownBy(() -> open("c.png d.pfm\nc.png e.pfm"))
                .hasMessageContaining("line 2 of " + folder.resolve("list.txt"));
    }
}
