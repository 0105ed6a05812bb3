package da3.server.tasks;

import da3.core.ErrorMessage;
import da3.core.MemoryCheck;
import da3.server.wire.TaskOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Finds out before anything is queued or decoded what could not be done. */
final class AdmissionCheck {

    private static final int LONGEST_NAME = 200;

    private final TaskSettings settings;
    private final ModelHolder model;
    private final TaskStore store;

    AdmissionCheck(TaskSettings settings, ModelHolder model, TaskStore store) {
        this.settings = settings;
        this.model = model;
        this.store = store;
    }

    /**
     * What may be queued.
     *
     * @param name of the task
     * @param options with the model's own values for what was left to it
     * @param views as many as the files let expect
     * @param export absolute
     */
    record Admitted(String name, TaskOptions options, int views, Optional<Path> export, TaskEntry.Work work) {

        /** Returns the task that waits for its turn. */
        Task task(UUID id, Path results, Instant now) {
            return new Task(
                    id,
                    name,
                    TaskStatus.PENDING,
                    "waits for its turn",
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
     * @param name of the task; where it is blank, the first file's
     * @param running what gives its memory back before
     */
    Admitted admit(
            TaskInput input,
            TaskOptions options,
            String name,
            Optional<Path> exportDirectory,
            Optional<MemoryCheck> running)
            throws IOException {
        List<Path> files =
                input instanceof TaskInput.Photos photos ? photos.files() : List.of(((TaskInput.Video) input).file());
        Set<Path> uploads = new HashSet<>();
        files.forEach(file -> store.uploadOf(file).ifPresent(uploads::add));
        PhotoHeaders headers = headers(input, uploads);
        ServedModel served = readyModel();
        TaskOptions resolved = options.resolvedFor(served.config());
        MemoryCheck memory = requireServed(served, resolved, headers, running);
        Optional<Path> export =
                exportDirectory.map(path -> path.toAbsolutePath().normalize());
        if (export.isPresent()) {
            ExportPlacement.requireFree(export.get(), options.job().formats());
        }
        return new Admitted(
                title(name.isBlank() ? PhotoHeaders.names(files).get(0) : name),
                resolved,
                headers.sizes().size(),
                export,
                new TaskEntry.Work(input, memory, uploads));
    }

    private PhotoHeaders headers(TaskInput input, Set<Path> uploads) throws IOException {
        try {
            return PhotoHeaders.read(input, settings);
        } catch (IOException e) {
            throw uploads.isEmpty() ? e : new IOException(TaskEntry.sentence(e, uploads), e);
        }
    }

    private MemoryCheck requireServed(
            ServedModel served, TaskOptions options, PhotoHeaders headers, Optional<MemoryCheck> running) {
        options.job().requireServed(served.config(), model.status().name(), headers.sizes());
        MemoryCheck fit =
                served.fit(headers.sizes(), options.priors(), options.job().inference(), running);
        if (!fit.fits()) {
            throw new DoesNotFitException(fit.sentence(), fit.neededBytes(), fit.availableBytes(), fit.viewsThatFit());
        }
        return fit;
    }

    private ServedModel readyModel() {
        try {
            return model.ready();
        } catch (IOException | RuntimeException e) {
            throw new IllegalStateException("the model cannot be loaded: " + ErrorMessage.of(e), e);
        }
    }

    private static String title(String name) {
        String printable = ErrorMessage.printable(name.strip());
        int length = printable.codePointCount(0, printable.length());
        return length <= LONGEST_NAME
                ? printable
                : printable.substring(0, printable.offsetByCodePoints(0, LONGEST_NAME));
    }
}
