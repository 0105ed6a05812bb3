package da3.evaluation.suite.dataset;

import da3.geometry.ScalarMap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The root folder of a data set. What is missing in it is named together with where the data set can be downloaded.
 *
 * @param root the folder
 * @param dataSet name of the data set
 * @param url page where it can be downloaded
 */
record DataSetFolder(Path root, String dataSet, String url) {

    /**
     * Returns a file of the data set.
     *
     * @param content what the file holds, for the message
     * @throws NoSuchFileException if the file does not exist
     */
    Path file(String path, String content) throws NoSuchFileException {
        Path file = root.resolve(path);
        if (!Files.isRegularFile(file)) {
            throw missing(file, content);
        }
        return file;
    }

    /** Returns whether the data set has a file. */
    boolean has(String path) {
        return Files.isRegularFile(root.resolve(path));
    }

    /**
     * Returns the entries of a folder, sorted by name.
     *
     * @param path folder below the root
     * @param name what a name must match entirely
     * @param content what the entries hold, for the message
     * @throws NoSuchFileException if there is no such folder or none of its entries matches
     */
    List<Path> list(String path, String name, String content) throws IOException {
        Path folder = root.resolve(path);
        if (!Files.isDirectory(folder)) {
            throw missing(folder, content);
        }
        Pattern pattern = Pattern.compile(name);
        List<Path> files;
        try (Stream<Path> entries = Files.list(folder)) {
            files = entries.filter(entry ->
                            pattern.matcher(entry.getFileName().toString()).matches())
                    .sorted(Comparator.comparing(entry -> entry.getFileName().toString()))
                    .toList();
        }
        if (files.isEmpty()) {
            throw missing(folder, content + ", named like " + name);
        }
        return files;
    }

    /** Returns an exception for a file or folder that does not exist. */
    NoSuchFileException missing(Path file, String content) {
        return new NoSuchFileException(
                file.toString(),
                null,
                "does not exist; " + dataSet + " keeps " + content + " there. The data set can be downloaded from "
                        + url);
    }

    /** Returns an exception for a file that is there but not as the data set has it. */
    IOException malformed(Path file, String reason) {
        return new IOException(file + " of " + dataSet + " " + reason);
    }

    /** Returns the map if it has the expected size. */
    ScalarMap requireSize(Path file, ScalarMap map, int width, int height) throws IOException {
        if (map.width() != width || map.height() != height) {
            throw malformed(
                    file,
                    "must be of the size of its image, " + width + "x" + height + ", got " + map.width() + "x"
                            + map.height());
        }
        return map;
    }
}
