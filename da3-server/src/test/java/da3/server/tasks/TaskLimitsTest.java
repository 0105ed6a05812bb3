package da3.server.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import da3.core.InferenceOptions;
import da3.core.InputProcessing;
import da3.core.MemoryCheck;
import da3.core.ViewPrior;
import da3.export.ExportFormat;
import da3.nn.ModelConfig;
import da3.nn.Preset;
import da3.server.wire.TaskOptions;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests the checks of tasks before they are queued. */
class TaskLimitsTest {

    @TempDir
    private Path folder;

    private TaskService service;

    @BeforeEach
    void open() throws IOException {
        service = TaskService.open(
                TaskSettings.of(folder.resolve("workspace")).withMaxViews(4).withMaxPixels(2000),
                TaskFixtures.holding(new FakeModel()));
    }

    @AfterEach
    void requireNoTasks() {
        assertThat(service.tasks()).isEmpty();
        assertThat(folder.resolve("workspace/tasks")).isEmptyDirectory();
        service.close();
    }

    @Test
    void rejectsTooManyImages() throws IOException {
        requireRejected(TaskFixtures.photos(service, 5), TaskFixtures.GLB, "number of images must be at most 4, got 5");
    }

    @Test
    void rejectsTooManyPixels() throws IOException {
        Path photo = TaskFixtures.photo(folder.resolve("large.png"), 50, 41);
        requireRejected(
                photos(photo), TaskFixtures.GLB, "number of pixels of large.png must be at most 2000, got 50x41");
    }

    @Test
    void rejectsDecompressionBombs() throws IOException {
        Path upload = service.newUpload();
        Path bomb = Files.write(UploadName.resolve(upload, "bomb.png"), pngHeader(60_000, 60_000));
        assertThatThrownBy(() -> submit(photos(bomb), TaskFixtures.GLB))
                .isInstanceOf(IOException.class)
                .hasMessage("bomb.png: image must be at most 100000000 pixels, got 60000x60000");
        assertThat(upload).exists();
    }

    @Test
    void rejectsOtherFiles() throws IOException {
        Path text = Files.writeString(folder.resolve("a.png"), "<svg onload='x'/>");
        assertThatThrownBy(() -> submit(photos(text), TaskFixtures.GLB)).hasMessageContaining("is not an image");
        assertThatThrownBy(() -> submit(photos(folder.resolve("none.png")), TaskFixtures.GLB))
                .isInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> submit(new TaskInput.Video(text, 1), TaskFixtures.GLB))
                .isInstanceOf(IOException.class);
    }

    @Test
    void suggestsAFrameRateForLongVideos() throws IOException {
        Path video = SampleVideos.black(folder.resolve("video.mp4"), 20, 10); // 2 s
        requireRejected(
                new TaskInput.Video(video, 5),
                TaskFixtures.GLB,
                "number of frames must be at most 4, got more at an fps of 5: use an fps of up to 2");
        TaskInput.Video oneASecond = new TaskInput.Video(video, 1);
        assertThat(InputHeaders.read(oneASecond, service.settings()).sizes())
                .containsOnly(new InputProcessing.Size(32, 32))
                .hasSize(2);
    }

    @Test
    void rejectsTasksThatDoNotFitIntoMemory() throws IOException {
        service.close();
        FakeModel large = new FakeModel() {
            @Override
            public MemoryCheck fit(
                    List<InputProcessing.Size> images,
                    List<ViewPrior> priors,
                    InferenceOptions options,
                    Optional<MemoryCheck> running) {
                return new MemoryCheck(false, 8_000, 5_000, images.size() - 1, 1, 1, "8 kB: up to 2 views fit");
            }
        };
        service = TaskService.open(service.settings(), TaskFixtures.holding(large));
        assertThatExceptionOfType(InsufficientMemoryException.class)
                .isThrownBy(() -> submit(TaskFixtures.photos(service, 3), TaskFixtures.GLB))
                .withMessage("8 kB: up to 2 views fit")
                .satisfies(e -> assertThat(List.of(e.neededBytes(), e.availableBytes(), (long) e.viewsThatFit()))
                        .containsExactly(8_000L, 5_000L, 2L));
    }

    @Test
    void rejectsUnsupportedOptions() throws IOException {
        TaskInput photos = TaskFixtures.photos(service, 2);
        requireRejected(
                photos, TaskFixtures.GLB.withJob(job -> job.formats(ExportFormat.GS_PLY)), "gs_ply needs Gaussians");
        assertThatThrownBy(() -> TaskFixtures.GLB.withJob(job -> job.formats(ExportFormat.FEAT_VIS)))
                .hasMessageContaining("number of feature layers for feat_vis");
        assertThatThrownBy(() -> TaskFixtures.GLB.withJob(job -> job.export(
                        e -> e.withGlb(e.glb().withPercentiles(101, e.glb().ensuredPercentile())))))
                .hasMessageContaining("101");
    }

    @Test
    void rejectsInvalidVideoSizes() throws IOException {
        service.close();
        FakeModel withGaussians = new FakeModel() {
            @Override
            public ModelConfig config() {
                return Preset.DA3_GIANT.config();
            }
        };
        service = TaskService.open(service.settings(), TaskFixtures.holding(withGaussians));
        TaskInput photos = TaskFixtures.photos(service, 1);
        TaskOptions film = TaskFixtures.GLB.withJob(job -> job.formats(ExportFormat.GS_VIDEO));
        requireRejected(
                photos,
                film.withJob(job -> job.inference(o -> o.resolution(14))),
                "gs_video of maps of 14x14: size of a video must be at least 16x16 and at most the area of 4096x2304,"
                        + " got 28x14");
        requireRejected(
                photos, film.withJob(job -> job.inference(o -> o.resolution(4004))), "gs_video of maps of 4004x3010");
        TaskOptions features = TaskFixtures.GLB.withJob(
                job -> job.formats(ExportFormat.FEAT_VIS).inference(o -> o.featureLayers(List.of(1))));
        requireRejected(
                photos, features.withJob(job -> job.inference(o -> o.resolution(14))), "feat_vis of maps of 14x14");
    }

    @Test
    void rejectsExistingResults() throws IOException {
        Path export = Files.createDirectories(folder.resolve("export"));
        Files.writeString(export.resolve("scene.glb"), "of an earlier run");
        assertThatThrownBy(() ->
                        service.submit(TaskFixtures.photos(service, 1), TaskFixtures.GLB, "", Optional.of(export)))
                .isInstanceOf(FileAlreadyExistsException.class)
                .hasMessageContaining("already contains results");
    }

    @Test
    void reportsAModelThatCannotBeLoaded() throws IOException {
        service.close();
        service = TaskService.open(service.settings(), new ModelHolder("missing", name -> {
            throw new NoSuchFileException(name, null, "is not in the cache");
        }));
        assertThatThrownBy(() -> submit(TaskFixtures.photos(service, 1), TaskFixtures.GLB))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the model cannot be loaded: missing is not in the cache");
    }

    @Test
    void uploadNamesStayInTheirFolder() throws IOException {
        Path upload = service.newUpload();
        for (String hostile : List.of(
                "../../etc/passwd",
                "/etc/passwd",
                "C:\\Windows\\a.png",
                "..",
                ".",
                "",
                "a/../..",
                ".htaccess",
                "a\u0000b.png",
                "a\nb.png",
                "\u202egnp.exe",
                "%2e%2e%2fx",
                "x".repeat(5000) + ".png",
                "\ud83d\ude00".repeat(300) + ".png",
                "a.png",
                "a.png")) {
            Path file = UploadName.resolve(upload, hostile);
            Files.writeString(file, "photo");
            assertThat(file.getParent()).isEqualTo(upload);
            assertThat(file.getFileName().toString()).doesNotStartWith(".").matches("[\\p{L}\\p{N}._ -]+");
        }
        assertThat(upload.toFile().list()).hasSize(16).contains("a.png", "2_a.png", "passwd", "2_passwd");
        assertThat(UploadName.resolve(upload, "x".repeat(5000) + ".png").toString())
                .endsWith(".png");
    }

    private void requireRejected(TaskInput input, TaskOptions options, String sentence) {
        assertThatThrownBy(() -> submit(input, options))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(sentence);
    }

    private Task submit(TaskInput input, TaskOptions options) throws IOException {
        return service.submit(input, options, "", Optional.empty());
    }

    private static TaskInput photos(Path... files) {
        return new TaskInput.Images(List.of(files));
    }

    private static byte[] pngHeader(int width, int height) throws IOException {
        ByteArrayOutputStream chunk = new ByteArrayOutputStream();
        DataOutputStream header = new DataOutputStream(chunk);
        header.write("IHDR".getBytes(StandardCharsets.US_ASCII));
        header.writeInt(width);
        header.writeInt(height);
        header.write(new byte[] {8, 2, 0, 0, 0});
        CRC32 crc = new CRC32();
        crc.update(chunk.toByteArray());
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(png);
        out.writeLong(0x89504e470d0a1a0aL);
        out.writeInt(13);
        out.write(chunk.toByteArray());
        out.writeInt((int) crc.getValue());
        return png.toByteArray();
    }
}
