package da3.server.tasks;

import da3.io.FuzzedReader;
import da3.server.tasks.SceneDescription.SceneView;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests that damaged records of a workspace are either read or rejected. */
class ReaderFuzzTest {

    @ParameterizedTest
    @MethodSource("records")
    void damagedRecordsAreReadOrRejected(FuzzedReader reader) throws Exception {
        reader.fuzz();
    }

    static Stream<FuzzedReader> records() {
        Task task = TaskFixtures.inState(TaskStatus.COMPLETED, Path.of("tasks"), Instant.EPOCH);
        TaskFolder folder = new TaskFolder(Path.of("tasks").resolve(task.id().toString()));
        SceneView view = new SceneView(
                0,
                "a.png",
                28,
                14,
                Optional.of(Collections.nCopies(12, 0.5)),
                Optional.of(Collections.nCopies(4, 1.0)),
                "viewer/0000.jpg",
                "viewer/0000.depth",
                Optional.empty());
        SceneFiles files =
                new SceneFiles(Optional.of("scene.glb"), Optional.empty(), Optional.empty(), Optional.empty());
        return Stream.of(
                new FuzzedReader(
                        "task",
                        TaskJson.bytes(task),
                        List.of(IOException.class),
                        bytes -> TaskJson.task(bytes, folder)),
                new FuzzedReader(
                        "scene",
                        SceneJson.bytes(new SceneDescription("room", true, List.of(view), files)),
                        List.of(IOException.class, IllegalArgumentException.class),
                        SceneJson::scene));
    }
}
