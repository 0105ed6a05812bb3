package da3.train.data;

import da3.geometry.Camera;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The files of a view, and its camera if it is known.
 *
 * @param image image file
 * @param depth depth map with the aspect ratio of the image, of any size, if there is one; see {@link DepthFiles}
 * @param mask gray PNG file whose zeros mark pixels of unknown depth, of any size
 * @param upright whether the image is rotated according to its EXIF orientation; calibrated pixels are not
 */
record SourceView(
        Path image, Optional<Path> depth, Optional<Path> mask, Optional<Calibration> calibration, boolean upright) {

    /**
     * A camera, in pixels of an image of this size. The file may have another size with the same aspect ratio.
     *
     * @param source file of the camera, for messages
     */
    record Calibration(Camera camera, int width, int height, Path source) {}
}
