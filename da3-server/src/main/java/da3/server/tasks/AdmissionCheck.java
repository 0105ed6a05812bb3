package da3.server.tasks;

import da3.core.ErrorMessage;
import da3.core.InputProcessing;
import da3.core.MemoryCheck;
import da3.geometry.check.Check;
import da3.server.wire.TaskOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Checks tasks before they are queued and before any pixels are decoded. */
final class AdmissionCheck {

    private static final int MAX_NAME_LENGTH = 200;

    private final TaskSettings settings;
    private final ModelHolder model;
    private final TaskStore store;

    AdmissionCheck(TaskSettings settings, ModelHolder model, TaskStore store) {
        this.settings = settings;
        this.model = model;
        this.store = store;
    }

    /**
     * A task that has passed all checks.
     *
     * @param name name of the task
     * @param options options, with the resolution of the model where none was given
     * @param views expected number of views
     * @param export absolute export directory
     */
    record Admitted(String name, TaskOptions options, int views, Optional<Path> export, TaskEntry.Work work) {

        /** Returns the pending task. */
        Task task(UUID id, Path results, Instant now) {
            return new Task(
                    id,
                    name,
                    TaskStatus.PENDING,
                    "waiting",
                    0,
                    "",
                    now,
                    Optional.empty(),
                    Optional.empty(),
                    views,
                    results,
                    export,
                    options,
                    List.of(),
                    Optional.empty());
        }
    }

    /**
     * Checks a task.
     *
     * @param name name of the task; if blank, it gets the name of the first file
     * @param running memory of the running task, which is released before this one begins
     * @throws InsufficientMemoryException if the views do not fit into memory
     * @throws IllegalArgumentException if the model does not support the options, or a limit is exceeded
     * @throws IllegalStateException if the model cannot be loaded
     * @throws IOException if a file cannot be read, or results of the same formats exist
     */
    Admitted admit(
            TaskInput input,
            TaskOptions options,
            String name,
            Optional<Path> exportDirectory,
            Optional<MemoryCheck> running)
            throws IOException {
        List<Path> files =
                input instanceof TaskInput.Images images ? images.files() : List.of(((TaskInput.Video) input).file());
        Set<Path> uploads = new HashSet<>();
        files.forEach(file -> store.uploadOf(file).ifPresent(uploads::add));
        InputHeaders headers = headers(input, uploads, options);
        ServedModel served = loadedModel();
        TaskOptions resolved = options.resolvedFor(served.config());
        MemoryCheck memory = requireFit(served, resolved, headers, running);
        Optional<Path> export =
                exportDirectory.map(path -> path.toAbsolutePath().normalize());
        if (resolved.stream().isPresent()) {
            // Fails if the model predicts no cameras.
            served.windowPredictor(model.status().name(), resolved.job().inference());
            if (export.isPresent()) {
                throw Check.invalid("export directory", "absent for a task that streams", export.get());
            }
        }
        if (export.isPresent()) {
            ExportPlacement.requireFree(export.get(), options.job().formats());
        }
        return new Admitted(
                displayName(name.isBlank() ? InputHeaders.names(files).get(0) : name),
                resolved,
                headers.sizes().size(),
                export,
                new TaskEntry.Work(input, memory, uploads));
    }

    private InputHeaders headers(TaskInput input, Set<Path> uploads, TaskOptions options) throws IOException {
        try {
            return InputHeaders.read(
                    input, options.stream().isPresent() ? settings.withMaxViews(settings.maxFrames()) : settings);
        } catch (IOException e) {
            throw uploads.isEmpty() ? e : new IOException(TaskEntry.message(e, uploads), e);
        }
    }

    private MemoryCheck requireFit(
            ServedModel served, TaskOptions options, InputHeaders headers, Optional<MemoryCheck> running) {
        List<InputProcessing.Size> together = headers.sizes();
        if (options.stream().isPresent()) {
            together = together.subList(
                    0, Math.min(together.size(), options.stream().get().window()));
        }
        options.job().requireServed(served.config(), model.status().name(), together);
        MemoryCheck fit = served.fit(together, options.priors(), options.job().inference(), running);
        if (!fit.fits()) {
            throw new InsufficientMemoryException(
                    fit.sentence(), fit.neededBytes(), fit.availableBytes(), fit.viewsThatFit());
        }
        return fit;
    }

    private ServedModel loadedModel() {
        try {
            return model.loadIfNeeded();
        } catch (IOException | RuntimeException e) {
            throw new IllegalStateException("the model cannot be loaded: " + ErrorMessage.of(e), e);
        }
    }

    private static String displayName(String name) {
        String printable = ErrorMessage.printable(name.strip());
        int length = printable.codePointCount(0, printable.length());
        return length <= MAX_NAME_LENGTH
                ? printable
                : printable.substring(0, printable.offsetByCodePoints(0, MAX_NAME_LENGTH));
    }
}
