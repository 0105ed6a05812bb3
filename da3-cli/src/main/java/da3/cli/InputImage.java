package da3.cli;

import da3.geometry.Image;
import da3.io.Images;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A named image to predict from.
 *
 * @param name file name, for exports that refer to images
 * @param source reads the pixels
 * @param file file with exactly these pixels; empty for a computed image
 */
record InputImage(String name, Source source, Optional<Path> file) {

    /** A source of pixels. */
    @FunctionalInterface
    interface Source {
        Image read() throws IOException;
    }

    /** Returns the image of a file. */
    static InputImage of(Path file) {
        return new InputImage(String.valueOf(file.getFileName()), () -> Images.read(file), Optional.of(file));
    }

    /** Returns an image without a file of its own, for instance a frame of a video. */
    static InputImage computed(String name, Source source) {
        return new InputImage(name, source, Optional.empty());
    }
}
