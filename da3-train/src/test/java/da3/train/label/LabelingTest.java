package da3.train.label;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import da3.core.DepthAnything3;
import da3.core.EngineOptions;
import da3.io.ImageFormatException;
import da3.train.data.ArchiveScenes;
import da3.train.data.GroundScenes;
import da3.train.data.SceneCheck;
import da3.train.data.SceneSource;
import da3.train.data.TrainingScene;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabelingTest {

    private static final int ROWS = 28;
    private static final int COLUMNS = 42;
    private static final Map<String, String> SETTINGS = Map.of("teacher", "a");

    private static DepthAnything3 teacher;
    private static List<TrainingScene> scenes;

    @TempDir
    Path folder;

    private final List<Integer> read = new ArrayList<>();
    private final List<Integer> finished = new ArrayList<>();
    private final List<String> skipped = new ArrayList<>();

    @BeforeAll
    static void load() {
        teacher = DepthAnything3.load(
                "seeded:da3mono-tiny", EngineOptions.defaults().withThreads(1));
        GroundScenes ground = new GroundScenes(5, ROWS, COLUMNS);
        scenes = IntStream.range(0, 5).mapToObj(i -> measured(ground.read(i))).toList();
        Arrays.fill(scenes.get(1).depth(), 0);
    }

    /** Returns a scene whose depth is a linear function of the teacher's. */
    private static TrainingScene measured(TrainingScene scene) {
        TrainingScene labeled = new TeacherLabels(teacher, false).label(scene).orElseThrow();
        for (int i = 0; i < labeled.depth().length; i++) {
            labeled.depth()[i] = labeled.depth()[i] > 0 ? 3 * labeled.depth()[i] + 2 : 0;
        }
        return labeled;
    }

    @AfterAll
    static void close() {
        teacher.close();
    }

    /** Scenes of a ground: the second without measured depth, the third damaged; any after the limit fails. */
    private class Scenes implements SceneSource {

        private final int limit;
        private final int damaged;

        Scenes(int limit) {
            this(limit, 2);
        }

        Scenes(int limit, int damaged) {
            this.limit = limit;
            this.damaged = damaged;
        }

        @Override
        public int scenes() {
            return 5;
        }

        @Override
        public TrainingScene read(int index) throws IOException {
            if (index >= limit) {
                throw new IOException("interrupted");
            }
            read.add(index);
            if (index == damaged) {
                throw new ImageFormatException(Path.of("2.png"), "is damaged or truncated");
            }
            return scenes.get(index);
        }

        @Override
        public String name(int index) {
            return "ground " + index;
        }
    }

    private LabeledScenes label(SceneSource source, boolean aligned, Map<String, String> settings, Path to)
            throws IOException {
        return new Labeling(new TeacherLabels(teacher, aligned), source, settings)
                .write(0, to, finished::add, skipped::add);
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void writesADataSetThatTrainingReads() throws IOException {
        SceneSource source = new GroundScenes(3, ROWS, COLUMNS);
        LabeledScenes written = new Labeling(new TeacherLabels(teacher, false), source, SETTINGS)
                .write(2, folder, finished::add, skipped::add);
        assertThat(written).isEqualTo(new LabeledScenes(2, 2, 0, 0));
        assertThat(finished).containsExactly(1, 2);
        ArchiveScenes scenes = ArchiveScenes.open(List.of(folder), ArchiveScenes.DepthLimits.NONE);
        assertThat(scenes.scenes()).isEqualTo(2);
        SceneCheck.check(scenes.read(1), "1");
        assertThat(scenes.read(1).rgb()).isEqualTo(source.read(1).rgb());
    }

    @Test
    void anInterruptedLabelingEndsInTheSameBytes() throws IOException {
        Path whole = folder.resolve("whole");
        Path parts = folder.resolve("parts");
        LabeledScenes expected = label(new Scenes(5), true, SETTINGS, whole);
        assertThat(expected).isEqualTo(new LabeledScenes(3, 3, 1, 1));
        assertThat(skipped).containsExactly("2.png: is damaged or truncated");
        read.clear();
        finished.clear();
        assertThatThrownBy(() -> label(new Scenes(4), true, SETTINGS, parts)).hasMessage("interrupted");
        Files.writeString(parts.resolve(LabelLog.FILE), "{\"scene\":3,", StandardOpenOption.APPEND);
        assertThat(label(new Scenes(5), true, SETTINGS, parts)).isEqualTo(expected);
        assertThat(read).containsExactly(0, 1, 2, 3, 2, 4); // only the damaged one twice, not the one without a label
        assertThat(finished).containsExactly(1, 2, 3, 4, 4, 5);
        assertThat(skipped).hasSize(3);
        assertThat(names(parts)).isEqualTo(names(whole)).hasSize(4);
        for (String name : names(whole)) {
            assertThat(parts.resolve(name)).hasSameBinaryContentAs(whole.resolve(name));
        }
    }

    @Test
    void aSceneWhoseArchiveIsMissingIsLabeledAgain() throws IOException {
        label(new Scenes(5), true, SETTINGS, folder);
        byte[] archive = Files.readAllBytes(folder.resolve("scene-000003.npz"));
        Files.delete(folder.resolve("scene-000003.npz"));
        read.clear();
        assertThat(label(new Scenes(5), true, SETTINGS, folder)).isEqualTo(new LabeledScenes(3, 3, 1, 1));
        assertThat(read).containsExactly(2, 3);
        assertThat(folder.resolve("scene-000003.npz")).hasBinaryContent(archive);
    }

    @Test
    void aSceneWhoseImageCanBeReadAgainIsLabeled() throws IOException {
        label(new Scenes(5), true, SETTINGS, folder);
        read.clear();
        assertThat(label(new Scenes(5, -1), true, SETTINGS, folder)).isEqualTo(new LabeledScenes(4, 4, 1, 0));
        assertThat(read).containsExactly(2);
        read.clear();
        assertThat(label(new Scenes(5, -1), true, SETTINGS, folder)).isEqualTo(new LabeledScenes(4, 4, 1, 0));
        assertThat(read).isEmpty();
    }

    @Test
    void labelsOfEarlierCallsWithMoreScenesAreCounted() throws IOException {
        label(new Scenes(5, -1), true, SETTINGS, folder);
        LabeledScenes labeled = new Labeling(new TeacherLabels(teacher, true), new Scenes(5, -1), SETTINGS)
                .write(1, folder, finished::add, skipped::add);
        assertThat(labeled).isEqualTo(new LabeledScenes(4, 4, 1, 0));
    }

    @Test
    void scenesWithOtherNamesAreNotMixed() throws IOException {
        label(new Scenes(5), true, SETTINGS, folder);
        SceneSource moved = new Scenes(5) { // the second is deleted and another added at the end
                    @Override
                    public String name(int index) {
                        return super.name(index == 0 ? 0 : index + 1);
                    }
                };
        assertThatThrownBy(() -> label(moved, true, SETTINGS, folder))
                .isInstanceOf(IOException.class)
                .hasMessage("scene 1 of a labeling that continues " + folder.resolve(LabelLog.FILE)
                        + " must be \"ground 1\" as before, got \"ground 2\"; use another folder for other labels");
    }

    @Test
    void scenesWithAndWithoutCamerasAreNotMixed() {
        SceneSource mixed = new Scenes(5) {
            @Override
            public boolean hasCameras(int index) {
                return index != 3;
            }
        };
        assertThatThrownBy(() -> label(mixed, true, SETTINGS, folder))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("cameras of the scenes of a labeling must be known for all or for none, got ground 0 with "
                        + "and ground 3 without cameras; label them in two calls into two folders");
    }

    @Test
    void labelsWithOtherSettingsAreNotMixed() throws IOException {
        label(new Scenes(5), true, SETTINGS, folder);
        String log = "a labeling that continues " + folder.resolve(LabelLog.FILE);
        assertThatThrownBy(() -> label(new Scenes(5), true, Map.of("teacher", "b"), folder))
                .isInstanceOf(IOException.class)
                .hasMessage("teacher of " + log + " must be \"a\" as before, got \"b\"; use another folder for other "
                        + "labels");
        assertThatThrownBy(() -> label(new Scenes(5), false, SETTINGS, folder))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("relative of " + log + " must be \"false\" as before, got \"true\"");
        assertThatThrownBy(() -> label(new GroundScenes(6, ROWS, COLUMNS), true, SETTINGS, folder))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("number of scenes of " + log + " must be \"5\" as before, got \"6\"");
    }

    @Test
    void archivesOfUnknownOriginAreKept() throws IOException {
        new GroundScenes(1, ROWS, COLUMNS).write(folder);
        assertThatThrownBy(() -> label(new Scenes(5), true, SETTINGS, folder))
                .isInstanceOf(FileAlreadyExistsException.class)
                .hasMessageContaining("must have no archives (*.npz) unless labels.jsonl states how they were labeled");
    }

    @Test
    void aDamagedFileOfSettingsIsAnError() throws IOException {
        Files.writeString(folder.resolve(LabelLog.FILE), "{\"format\":\"1\"\n");
        assertThatThrownBy(() -> label(new Scenes(5), true, SETTINGS, folder))
                .isInstanceOf(IOException.class)
                .hasMessage(
                        "lines of " + folder.resolve(LabelLog.FILE) + " must be JSON objects, got {\"format\":\"1\"");
    }

    @Test
    void aDataSetWithoutAnyLabelIsAnError() {
        GroundScenes ground = new GroundScenes(1, ROWS, COLUMNS);
        SceneSource unmeasured = new SceneSource() {
            @Override
            public int scenes() {
                return 1;
            }

            @Override
            public TrainingScene read(int index) {
                TrainingScene scene = ground.read(index);
                Arrays.fill(scene.depth(), 0);
                return scene;
            }

            @Override
            public String name(int index) {
                return "unmeasured";
            }
        };
        assertThatThrownBy(() -> label(unmeasured, true, SETTINGS, folder))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("no view could be labeled: the depth of at least one view must be measured");
    }
}
