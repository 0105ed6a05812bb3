package da3.train.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds the files that belong to an image, and rejects images that cannot be read. */
final class Counterparts {

    private static final List<String> HEIC = List.of(".heic", ".heif");

    private Counterparts() {}

    /**
     * Returns the file in a folder with the name of an image and one of some extensions.
     *
     * @param image name of the image in its folder, possibly with folders
     * @param what kind of the file in messages
     * @throws NoSuchFileException if there is none
     */
    static Path of(String image, Path folder, List<String> extensions, String what) throws NoSuchFileException {
        String stem = image.replaceFirst("\\.[^./]*$", "");
        for (String extension : extensions) {
            Path file = folder.resolve(stem + extension);
            if (Files.isRegularFile(file)) {
                return file;
            }
        }
        throw new NoSuchFileException(
                folder.resolve(stem + extensions.get(0)).toString(),
                null,
                "is missing: the image " + image + " must have " + what + " of its name with the extension "
                        + String.join(" or ", extensions));
    }

    /** Returns the mask of an image, or empty if there is no folder of masks. */
    static Optional<Path> mask(String image, Optional<Path> folder) throws NoSuchFileException {
        return folder.isEmpty() ? Optional.empty() : Optional.of(of(image, folder.get(), List.of(".png"), "a mask"));
    }

    /**
     * Checks that an image is not in HEIC format.
     *
     * @throws IOException if its extension says that it is
     */
    static void requireReadable(Path image) throws IOException {
        String name = image.getFileName().toString().toLowerCase(Locale.ROOT);
        if (HEIC.stream().anyMatch(name::endsWith)) {
            throw new IOException(image + " must be converted to JPEG or PNG first, since HEIC images cannot be read");
        }
    }

    /** Checks all files of a folder with {@link #requireReadable}. */
    static void requireReadableFolder(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new NoSuchFileException(folder.toString(), null, "must be a folder of images");
        }
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.sorted().toList()) {
                requireReadable(file);
            }
        }
    }
}
