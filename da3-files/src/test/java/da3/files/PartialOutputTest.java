package da3.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PartialOutputTest {

    private static final String ID = ".123e4567-e89b-12d3-a456-426614174000.part";

    @TempDir
    private Path dir;

    @Test
    void aTerminatedProcessLeavesNoTemporaryFile() throws Exception {
        TestProcess.terminate(WriteSlowly.class, dir.resolve("m"), "begun", () -> assertThat(
                        dir.toFile().list())
                .hasSize(1));
        assertThat(entries()).isEmpty();
    }

    @Test
    void onlyStaleOutputsOfKilledProcessesAreDeleted() throws IOException {
        Path staleFile = old(Files.writeString(dir.resolve(".m" + ID), "x"));
        Path staleFolder = Files.createDirectories(dir.resolve(".folder" + ID));
        old(Files.writeString(
                Files.createDirectory(staleFolder.resolve("colmap")).resolve("cameras.txt"), "x"));
        old(staleFolder.resolve("colmap"));
        old(staleFolder);
        Path fresh = Files.writeString(dir.resolve(".m" + ID.replace('1', '2')), "x");
        Path other = old(Files.writeString(dir.resolve(".n" + ID), "x"));
        Path foreign = old(Files.writeString(dir.resolve(".m.mine.part"), "x"));
        PartialOutput.beside(dir.resolve("m")).close();
        PartialOutput.beside(dir.resolve("folder")).close();
        assertThat(staleFile).doesNotExist();
        assertThat(staleFolder).doesNotExist();
        assertThat(entries()).containsExactlyInAnyOrder(fresh, other, foreign);
    }

    @Test
    void committedOutputsReplaceTheTargetAndOthersAreDeleted() throws IOException {
        Path target = Files.writeString(dir.resolve("m"), "old");
        try (PartialOutput output = PartialOutput.beside(target)) {
            Files.writeString(output.path(), "dropped");
            assertThat(target).hasContent("old");
        }
        assertThat(entries()).containsExactly(target);
        try (PartialOutput output = PartialOutput.beside(target)) {
            Files.writeString(output.path(), "new");
            output.commit();
        }
        assertThat(entries()).containsExactly(target);
        assertThat(target).hasContent("new");
    }

    private static Path old(Path path) throws IOException {
        return Files.setLastModifiedTime(path, FileTime.from(Instant.now().minus(Duration.ofHours(2))));
    }

    private List<Path> entries() throws IOException {
        try (Stream<Path> entries = Files.list(dir)) {
            return entries.toList();
        }
    }
}
