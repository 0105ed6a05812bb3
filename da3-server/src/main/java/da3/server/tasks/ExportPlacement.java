package da3.server.tasks;

import da3.export.ExportFormat;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * A transaction that places results in an export directory: all of them or none, and without overwriting files. Closing
 * it without a commit removes the placed results.
 */
final class ExportPlacement implements AutoCloseable {

    private final Path directory;
    private final Path staging;
    private final List<Path> results; // relative to the directory
    private final List<Path> placed = new ArrayList<>(); // and not committed yet

    private ExportPlacement(Path directory, Path staging, List<Path> results) {
        this.directory = directory;
        this.staging = staging;
        this.results = results;
    }

    /** @throws FileAlreadyExistsException if the directory contains results of these formats */
    static void requireFree(Path directory, List<ExportFormat> formats) throws IOException {
        for (ExportFormat format : formats) {
            for (Path results : format.resultsIn(directory)) {
                requireFree(results);
            }
        }
    }

    /**
     * Copies results into a staging folder inside the export directory.
     *
     * @param written folder with the results of the formats
     */
    static ExportPlacement stage(UUID task, Path directory, List<ExportFormat> formats, Path written)
            throws IOException {
        Files.createDirectories(directory);
        Path staging = Files.createDirectory(staging(task, directory));
        List<Path> results = formats.stream()
                .flatMap(format -> format.resultsIn(written).stream())
                .filter(Files::exists)
                .map(written::relativize)
                .toList();
        ExportPlacement placement = new ExportPlacement(directory, staging, results);
        boolean complete = false;
        try {
            for (Path result : results) {
                copy(written.resolve(result), staging.resolve(result));
            }
            Folders.forceAll(staging);
            complete = true;
            return placement;
        } finally {
            if (!complete) {
                placement.close();
            }
        }
    }

    /** Removes the staging folder of an interrupted task. */
    static void discard(UUID task, Path directory) throws IOException {
        Folders.delete(staging(task, directory));
    }

    private static Path staging(UUID task, Path directory) {
        return directory.resolve(".da3-" + task + ".part");
    }

    /** Moves all results from the staging folder to the export directory. */
    void place() throws IOException {
        for (Path result : results) {
            Path target = directory.resolve(result);
            requireFree(target);
            Files.createDirectories(target.getParent());
            Files.move(staging.resolve(result), target);
            placed.add(target);
            Folders.force(target.getParent());
        }
        Folders.delete(staging);
    }

    /** Keeps the placed results when this is closed. */
    void commit() {
        placed.clear();
    }

    /** Removes staged results, and placed results that were not committed. */
    @Override
    public void close() throws IOException {
        for (Path target : placed) {
            Folders.delete(target);
        }
        Folders.delete(staging);
    }

    private static void requireFree(Path result) throws IOException {
        if (!Files.exists(result, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        if (Files.isDirectory(result, LinkOption.NOFOLLOW_LINKS)) {
            try (Stream<Path> inside = Files.list(result)) {
                if (inside.findAny().isEmpty()) {
                    Files.delete(result);
                    return;
                }
            }
        }
        throw new FileAlreadyExistsException(
                result.toString(), null, "already contains results: choose another folder or remove them first");
    }

    private static void copy(Path from, Path to) throws IOException {
        List<Path> all;
        try (Stream<Path> paths = Files.walk(from)) {
            all = paths.toList();
        }
        Files.createDirectories(to.getParent());
        for (Path path : all) {
            Files.copy(path, to.resolve(from.relativize(path)));
        }
    }
}
