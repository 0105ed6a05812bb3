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
 * Puts results into a folder that is not the service's own: all of them or none, and over nothing that is there. Unless
 * they are kept, they are taken back when it is closed.
 */
final class ExportPlacement implements AutoCloseable {

    private final Path directory;
    private final Path staging;
    private final List<Path> results; // relative
    private final List<Path> placed = new ArrayList<>(); // and not kept yet

    private ExportPlacement(Path directory, Path staging, List<Path> results) {
        this.directory = directory;
        this.staging = staging;
        this.results = results;
    }

    /** @throws FileAlreadyExistsException if results of these formats are there */
    static void requireFree(Path directory, List<ExportFormat> formats) throws IOException {
        for (ExportFormat format : formats) {
            for (Path results : format.resultsIn(directory)) {
                requireFree(results);
            }
        }
    }

    /**
     * Copies what a task has written beside where it will be.
     *
     * @param written where the formats' results are
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
        boolean whole = false;
        try {
            for (Path result : results) {
                copy(written.resolve(result), staging.resolve(result));
            }
            Folders.forceAll(staging);
            whole = true;
            return placement;
        } finally {
            if (!whole) {
                placement.close();
            }
        }
    }

    /** Removes what a task that was cut off has left beside where its results were to be. */
    static void discard(UUID task, Path directory) throws IOException {
        Folders.delete(staging(task, directory));
    }

    private static Path staging(UUID task, Path directory) {
        return directory.resolve(".da3-" + task + ".part");
    }

    /** Moves everything to its place; nothing is left beside it. */
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

    /** What is placed stays. */
    void keep() {
        placed.clear();
    }

    /** Removes what was not moved or not kept. */
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
                result.toString(), null, "holds results already: name another folder, or remove them first");
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
