package da3.cli;

import da3.core.ViewPrior;
import da3.geometry.check.Check;
import da3.geometry.lens.CameraModel;
import da3.geometry.lens.Pinhole;
import da3.geometry.lens.Undistortion;
import da3.io.ImageSize;
import da3.io.Images;
import da3.io.colmap.ColmapCamera;
import da3.io.colmap.ColmapFiles;
import da3.io.colmap.ColmapImage;
import da3.io.colmap.ColmapModel;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The images of a COLMAP model in its order, undistorted to pinhole cameras.
 *
 * @param images images
 * @param priors poses, and intrinsics in pixels of the undistorted images, one prior per image
 */
record ColmapInput(List<InputImage> images, List<ViewPrior> priors) {

    /** Maximum relative difference of the scales of width and height of a resized image, due to rounding. */
    private static final double MAX_SCALE_DIFFERENCE = 0.01;

    /** Maximum number of missing images that are named. */
    private static final int MAX_NAMED = 10;

    /**
     * Reads cameras and finds the images. Missing images are skipped with a message.
     *
     * @throws IOException if the model cannot be read or does not match the images, or all images are missing
     */
    static ColmapInput read(Path imageFolder, Path modelFolder, PrintWriter err) throws IOException {
        ColmapModel model = ColmapFiles.read(modelFolder);
        List<String> missing = new ArrayList<>();
        List<InputImage> images = new ArrayList<>();
        List<ViewPrior> priors = new ArrayList<>();
        int distorted = 0;
        for (ColmapImage entry : model.images()) {
            Path file = imageFolder.resolve(entry.name());
            if (!Files.exists(file)) {
                missing.add(entry.name());
                continue;
            }
            ImageSize size = Images.size(file);
            CameraModel lens = lens(file, size, model.camera(entry.camera()));
            boolean pinhole = lens instanceof Pinhole;
            distorted += pinhole ? 0 : 1;
            Undistortion undistortion = Undistortion.of(lens, size.width(), size.height());
            images.add(new InputImage(
                    entry.name(),
                    () -> undistortion.apply(Images.read(file)),
                    pinhole ? Optional.of(file) : Optional.empty()));
            priors.add(new ViewPrior(Optional.of(entry.pose()), Optional.of(undistortion.intrinsics()), List.of()));
        }
        if (images.isEmpty()) {
            throw new NoSuchFileException(
                    imageFolder.toString(),
                    null,
                    "contains none of the " + model.images().size() + " images of the model in " + modelFolder);
        }
        if (!missing.isEmpty()) {
            err.println("da3: " + missing.size() + " of " + model.images().size() + " images are not in " + imageFolder
                    + " and are skipped: " + names(missing));
        }
        if (distorted > 0) {
            err.println("da3: " + distorted + " of " + images.size() + " images were undistorted");
        }
        err.flush();
        return new ColmapInput(images, priors);
    }

    private static String names(List<String> missing) {
        String names = missing.stream().limit(MAX_NAMED).collect(Collectors.joining(", "));
        return missing.size() > MAX_NAMED ? names + " and " + (missing.size() - MAX_NAMED) + " more" : names;
    }

    /** Returns the camera model in pixels of the image, which may have another size than the camera. */
    private static CameraModel lens(Path file, ImageSize image, ColmapCamera camera) throws IOException {
        double sx = (double) image.width() / camera.width();
        double sy = (double) image.height() / camera.height();
        if (Math.abs(sx / sy - 1) > MAX_SCALE_DIFFERENCE) {
            throw new IOException(Check.message(
                    "aspect ratio of " + file,
                    "that of camera " + camera.id() + ", " + camera.width() + "x" + camera.height(),
                    image.width() + "x" + image.height()));
        }
        CameraModel lens = camera.lens();
        return lens.withIntrinsics(lens.intrinsics().scaled(sx, sy));
    }
}
