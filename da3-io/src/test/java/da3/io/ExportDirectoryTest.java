package da3.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExportDirectoryTest {

    @TempDir
    Path dir;

    @Test
    void directoriesAreCreatedAndFilesReplaced() throws IOException {
        ExportDirectory directory = ExportDirectory.open(dir.resolve("a/b"));
        assertThat(directory.root()).isEmptyDirectory();
        directory.write("c/d.txt", out -> out.write('1'));
        Path file = directory.write("c/d.txt", out -> out.write('2'));
        assertThat(file).isEqualTo(dir.resolve("a/b/c/d.txt")).hasContent("2");
    }

    @Test
    void aFailureKeepsTheOldFileAndLeavesNoTemporaryFile() throws IOException {
        ExportDirectory directory = ExportDirectory.open(dir);
        Path file = directory.write("d.txt", out -> out.write('1'));
        assertThatThrownBy(() -> directory.write("d.txt", out -> {
                    out.write(new byte[1 << 20]);
                    throw new IOException("disk full");
                }))
                .hasMessage(file + " cannot be written: disk full");
        assertThatThrownBy(() -> directory.write("e.txt", out -> {
                    throw new IllegalStateException("bug");
                }))
                .hasMessage("bug");
        assertThat(file).hasContent("1");
        try (var left = Files.list(dir)) {
            assertThat(left).containsExactly(file);
        }
    }

    @Test
    void pathsThatCannotBeDirectoriesAreRefused() throws IOException {
        Path file = Files.writeString(dir.resolve("file"), "x");
        assertThatThrownBy(() -> ExportDirectory.open(file))
                .isInstanceOf(IOException.class)
                .hasMessage(file + ": export directory must be a directory, got a file");
        assertThatThrownBy(() -> ExportDirectory.open(file.resolve("below")))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("export directory " + file.resolve("below") + " cannot be created: ")
                .hasMessageNotContaining("Exception");
        ExportDirectory directory = ExportDirectory.open(dir);
        assertThatThrownBy(() -> directory.write("file/below.txt", out -> out.write('1')))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("cannot be written: ")
                .hasMessageNotContaining("Exception");
        assertThat(file).hasContent("x");
    }
}
