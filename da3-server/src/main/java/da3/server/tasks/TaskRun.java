package da3.server.tasks;

import da3.core.Prediction;
import da3.core.Request;
import da3.export.Export;
import da3.export.ExportFormat;
import da3.geometry.Image;
import da3.io.ExportDirectory;
import da3.io.Images;
import da3.video.VideoReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;

/** Processes one task, from input files to results. An interrupt ends it with a {@link CancellationException}. */
final class TaskRun {

    private final Task task;
    private final TaskInput input;
    private final TaskSettings limits;
    private final ModelHolder model;
    private final TaskProgress progress;

    TaskRun(Task task, TaskInput input, TaskSettings limits, ModelHolder model, TaskProgress progress) {
        this.task = task;
        this.input = input;
        this.limits = limits;
        this.model = model;
        this.progress = progress;
    }

    /**
     * The outcome of a task.
     *
     * @param views number of views
     * @param warnings warnings for users of the results
     * @param scene scene for viewers
     */
    record Outcome(int views, List<String> warnings, SceneDescription scene) {}

    /**
     * Reads the input, predicts and writes all results.
     *
     * @param results output folder, created if missing
     */
    Outcome write(Path results) throws IOException {
        Views views = views();
        Request request = task.options().request(views.images());
        Prediction prediction = model.predict(request, progress);
        ExportDirectory directory = ExportDirectory.open(results);
        Export export = Export.of(
                prediction,
                request,
                views.names(),
                results,
                task.options().job().export());
        List<ExportFormat> formats = task.options().job().formats();
        Map<ExportFormat, List<Path>> written = new EnumMap<>(ExportFormat.class);
        for (int i = 0; i < formats.size(); i++) {
            requireNotInterrupted();
            progress.export(formats.get(i).id(), i, formats.size() + 1);
            written.put(formats.get(i), formats.get(i).write(export));
        }
        requireNotInterrupted();
        progress.export("viewer", formats.size(), formats.size() + 1);
        SceneDescription scene =
                ViewerFiles.write(task.name(), prediction.scene(), views.names(), files(written, results), directory);
        List<String> warnings = new ArrayList<>(model.loadIfNeeded().notices());
        warnings.addAll(prediction.warnings());
        return new Outcome(views.images().size(), warnings, scene);
    }

    /** Returns the first file of each format that viewers show. */
    private static SceneFiles files(Map<ExportFormat, List<Path>> written, Path results) {
        return new SceneFiles(
                first(ExportFormat.GLB, written, results),
                first(ExportFormat.MESH_GLB, written, results),
                first(ExportFormat.GS_PLY, written, results),
                first(ExportFormat.GS_VIDEO, written, results));
    }

    private static Optional<String> first(ExportFormat format, Map<ExportFormat, List<Path>> written, Path results) {
        return written.getOrDefault(format, List.of()).stream()
                .findFirst()
                .map(file -> results.relativize(file).toString().replace('\\', '/'));
    }

    private record Views(List<Image> images, List<String> names) {}

    private Views views() throws IOException {
        return input instanceof TaskInput.Images images ? images(images.files()) : frames((TaskInput.Video) input);
    }

    private Views images(List<Path> files) throws IOException {
        List<Image> images = new ArrayList<>();
        for (Path file : files) {
            requireNotInterrupted();
            images.add(Images.read(file));
            progress.image(images.size(), files.size());
        }
        return new Views(images, InputHeaders.names(files));
    }

    /** Reads all frames, since all views are predicted together. */
    private Views frames(TaskInput.Video video) throws IOException {
        List<Image> images = new ArrayList<>();
        List<String> names = new ArrayList<>();
        try (VideoReader reader = VideoReader.open(video.file(), video.fps())) {
            while (reader.hasNext()) {
                requireNotInterrupted();
                if (images.size() == limits.maxViews()) {
                    throw InputHeaders.tooManyFrames(video, reader, limits.maxViews());
                }
                names.add(String.format(Locale.ROOT, "frame_%06d.png", images.size()));
                images.add(reader.next());
                progress.image(images.size(), Math.max(images.size(), task.views()));
            }
        }
        return new Views(images, names);
    }

    /** @throws CancellationException if the current thread is interrupted */
    static void requireNotInterrupted() {
        if (Thread.currentThread().isInterrupted()) {
            throw new CancellationException("task was cancelled");
        }
    }
}
