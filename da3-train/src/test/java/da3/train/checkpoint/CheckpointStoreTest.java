package da3.train.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CheckpointStoreTest {

    private static final int MEBIBYTE = 1 << 20;

    @Test
    void aFullDiskIsReportedAndKeepsEarlierCheckpoints() throws IOException {
        try (FileSystem disk = Jimfs.newFileSystem(
                Configuration.unix().toBuilder().setMaxSize(3 * MEBIBYTE).build())) {
            Path folder = disk.getPath("/run");
            CheckpointStore store = new CheckpointStore(folder, 3);
            store.save(1, true, file(MEBIBYTE));
            assertThatThrownBy(() -> store.save(2, true, file(4 * MEBIBYTE)))
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith("checkpoint /run/step-000000002 cannot be written: ")
                    .hasMessageEndingWith("; the earlier ones are complete");
            assertThat(names(folder)).containsExactly("best", "latest", "step-000000001");
            assertThat(Files.size(folder.resolve("latest/model"))).isEqualTo(MEBIBYTE);
            store.save(3, false, file(MEBIBYTE / 2)); // there is space again
            assertThat(names(folder)).containsExactly("best", "latest", "step-000000001", "step-000000003");
        }
    }

    @Test
    void theNewestAndTheBestAreKept() throws IOException {
        try (FileSystem disk = Jimfs.newFileSystem(Configuration.unix())) {
            Path folder = disk.getPath("/run");
            CheckpointStore store = new CheckpointStore(folder, 2);
            store.save(1, false, file(1));
            store.save(2, true, file(2));
            store.save(3, false, file(3));
            store.save(4, false, file(4));
            store.save(5, false, file(5));
            assertThat(names(folder))
                    .containsExactly("best", "latest", "step-000000002", "step-000000004", "step-000000005");
            assertThat(Files.size(folder.resolve("latest/model"))).isEqualTo(5);
            assertThat(Files.size(folder.resolve("best/model"))).isEqualTo(2);
            assertThat(store.latest()).contains(folder.resolve("step-000000005"));
        }
    }

    @Test
    void incompleteCheckpointsAreRemovedAndNeverUsed() throws IOException {
        try (FileSystem disk = Jimfs.newFileSystem(Configuration.unix())) {
            Path folder = Files.createDirectories(disk.getPath("/run"));
            Path partial = Files.createDirectory(folder.resolve(".step-000000009.part"));
            Files.writeString(partial.resolve("model"), "half");
            CheckpointStore store = new CheckpointStore(folder, 2);
            assertThat(store.latest()).isEmpty();
            store.save(1, false, file(1));
            assertThat(names(folder)).containsExactly("latest", "step-000000001");
        }
    }

    private static CheckpointStore.Content file(int bytes) {
        return folder -> Files.write(folder.resolve("model"), new byte[bytes]);
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
