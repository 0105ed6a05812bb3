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

/** The way of one task from files to files. An interrupt of the thread ends it with {@link CancellationException}. */
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

    /** What came of it; all files are written. */
    record Outcome(int views, List<String> warnings, SceneDescription scene) {}

    /** @param results where files go; made where it is not there */
    Outcome write(Path results) throws IOException {
        Photos photos = photos();
        Request request = task.options().request(photos.images());
        Prediction prediction = model.predict(request, progress);
        ExportDirectory directory = ExportDirectory.open(results);
        Export export = Export.of(
                prediction,
                request,
                photos.names(),
                results,
                task.options().job().export());
        List<ExportFormat> formats = task.options().job().formats();
        Map<ExportFormat, List<Path>> written = new EnumMap<>(ExportFormat.class);
        for (int i = 0; i < formats.size(); i++) {
            requireGoing();
            progress.export(formats.get(i).id(), i, formats.size() + 1);
            written.put(formats.get(i), formats.get(i).write(export));
        }
        requireGoing();
        progress.export("viewer", formats.size(), formats.size() + 1);
        SceneDescription scene =
                ViewerFiles.write(task.name(), prediction.scene(), photos.names(), files(written, results), directory);
        List<String> warnings = new ArrayList<>(model.ready().notices());
        warnings.addAll(prediction.warnings());
        return new Outcome(photos.images().size(), warnings, scene);
    }

    /** Of each kind that a viewer shows, the first. */
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

    private record Photos(List<Image> images, List<String> names) {}

    private Photos photos() throws IOException {
        return input instanceof TaskInput.Photos photos ? decoded(photos.files()) : frames((TaskInput.Video) input);
    }

    private Photos decoded(List<Path> files) throws IOException {
        List<Image> images = new ArrayList<>();
        for (Path file : files) {
            requireGoing();
            images.add(Images.read(file));
            progress.photo(images.size(), files.size());
        }
        return new Photos(images, PhotoHeaders.names(files));
    }

    /** One by one; views are predicted together, so that all that are taken are held, and no more. */
    private Photos frames(TaskInput.Video video) throws IOException {
        List<Image> images = new ArrayList<>();
        List<String> names = new ArrayList<>();
        try (VideoReader reader = VideoReader.open(video.file(), video.fps())) {
            while (reader.hasNext()) {
                requireGoing();
                if (images.size() == limits.maxViews()) {
                    throw PhotoHeaders.tooManyFrames(video, reader, limits.maxViews());
                }
                names.add(String.format(Locale.ROOT, "frame_%06d.png", images.size()));
                images.add(reader.next());
                progress.photo(images.size(), Math.max(images.size(), task.views()));
            }
        }
        return new Photos(images, names);
    }

    private static void requireGoing() {
        if (Thread.currentThread().isInterrupted()) {
            throw new CancellationException("task was cancelled");
        }
    }
}
