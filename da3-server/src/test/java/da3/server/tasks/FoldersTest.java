package da3.server.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FoldersTest {

    @TempDir
    private Path parent;

    @Test
    void listsFilesInOrderWithoutLinks() throws Exception {
        Path folder = Files.createDirectories(parent.resolve("folder"));
        Path second =
                Files.writeString(Files.createDirectory(folder.resolve("b")).resolve("2"), "22");
        Path first = Files.writeString(folder.resolve("a"), "1");
        Files.createSymbolicLink(folder.resolve("link"), first);
        assertThat(Folders.files(folder)).containsExactly(first, second);
        assertThat(Folders.bytes(folder)).isEqualTo(3);
    }

    @Test
    void concurrentDeletionIsNoError() throws Exception {
        for (int round = 0; round < 30; round++) {
            Path folder = Files.createDirectory(parent.resolve("round" + round));
            for (int i = 0; i < 100; i++) {
                Files.createFile(Files.createDirectory(folder.resolve(Integer.toString(i)))
                        .resolve("file"));
            }
            CompletableFuture<Void> deleting = CompletableFuture.runAsync(() -> {
                try {
                    Folders.delete(folder);
                } catch (Exception e) {
                    throw new AssertionError(e);
                }
            });
            List<Long> bytes = new ArrayList<>();
            while (!deleting.isDone()) {
                Folders.files(folder);
                bytes.add(Folders.bytes(folder));
            }
            deleting.join();
            assertThat(bytes).allMatch(sum -> sum == 0);
            assertThat(Folders.files(folder)).isEmpty();
        }
    }
}
