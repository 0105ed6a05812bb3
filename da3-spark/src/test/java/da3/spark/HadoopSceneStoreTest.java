package da3.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HadoopSceneStoreTest {

    private static final String FIRST = "{\"attempt\": 1}";

    /** Local files under {@code racing:}, where another attempt finishes the same scene just before each rename. */
    public static final class RacingFileSystem extends RawLocalFileSystem {
        @Override
        public URI getUri() {
            return URI.create("racing:///");
        }

        @Override
        public String getScheme() {
            return "racing";
        }

        @Override
        public boolean rename(org.apache.hadoop.fs.Path source, org.apache.hadoop.fs.Path target) throws IOException {
            Path finished = Files.createDirectories(Path.of(target.toUri().getPath()));
            Files.writeString(finished.resolve(SceneStore.RESULT), FIRST);
            return super.rename(source, target);
        }
    }

    @TempDir
    private Path folder;

    @Test
    void theFirstOfTwoAttemptsStays() throws IOException {
        LocalSpark.session(); // the settings of file systems are those of a session
        HadoopSceneStore store = new HadoopSceneStore(new org.apache.hadoop.fs.Path("racing://" + folder));
        try (SceneStore.Draft draft = store.begin("room")) {
            Files.writeString(draft.folder().resolve(SceneStore.RESULT), "{\"attempt\": 2}");
            draft.commit();
        }
        assertThat(store.result("room")).contains(FIRST);
        assertThat(folder.resolve("room").toFile().list((file, name) -> !name.endsWith(".crc")))
                .containsExactly(SceneStore.RESULT);
        assertThat(folder.toFile().list()).containsExactly("room");
    }
}
