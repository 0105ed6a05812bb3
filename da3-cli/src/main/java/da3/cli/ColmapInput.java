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
 * Photos of a COLMAP model in its order, undistorted as a pinhole camera would have taken them.
 *
 * @param priors world-to-camera pose, and intrinsics in pixels of the undistorted photo, one per photo
 */
record ColmapInput(List<PredictMixin.Photo> photos, List<ViewPrior> priors) {

    /** By how much width and height of a photo may have been scaled differently: rounding to whole pixels. */
    private static final double PROPORTION = 0.01;

    /** Of missing images. */
    private static final int MOST_NAMED = 10;

    static ColmapInput read(Path photoFolder, Path modelFolder, PrintWriter err) throws IOException {
        ColmapModel model = ColmapFiles.read(modelFolder);
        List<String> missing = new ArrayList<>();
        List<PredictMixin.Photo> photos = new ArrayList<>();
        List<ViewPrior> priors = new ArrayList<>();
        int distorted = 0;
        for (ColmapImage entry : model.images()) {
            Path file = photoFolder.resolve(entry.name());
            if (!Files.exists(file)) {
                missing.add(entry.name());
                continue;
            }
            ImageSize size = Images.size(file);
            CameraModel lens = lens(file, size, model.camera(entry.camera()));
            boolean straight = lens instanceof Pinhole;
            distorted += straight ? 0 : 1;
            Undistortion undistortion = Undistortion.of(lens, size.width(), size.height());
            photos.add(new PredictMixin.Photo(
                    entry.name(),
                    () -> undistortion.apply(Images.read(file)),
                    straight ? Optional.of(file) : Optional.empty()));
            priors.add(new ViewPrior(Optional.of(entry.pose()), Optional.of(undistortion.intrinsics()), List.of()));
        }
        if (photos.isEmpty()) {
            throw new NoSuchFileException(
                    photoFolder.toString(),
                    null,
                    "holds none of the " + model.images().size() + " images of the model in " + modelFolder);
        }
        if (!missing.isEmpty()) {
            err.println("da3: " + missing.size() + " of " + model.images().size() + " images are not in " + photoFolder
                    + " and are left out: " + named(missing));
        }
        if (distorted > 0) {
            err.println("da3: " + distorted + " of " + photos.size() + " photos were undistorted");
        }
        err.flush();
        return new ColmapInput(photos, priors);
    }

    private static String named(List<String> missing) {
        String names = missing.stream().limit(MOST_NAMED).collect(Collectors.joining(", "));
        return missing.size() > MOST_NAMED ? names + " and " + (missing.size() - MOST_NAMED) + " more" : names;
    }

    /** In pixels of the photo, which may have been scaled since. */
    private static CameraModel lens(Path file, ImageSize photo, ColmapCamera camera) throws IOException {
        double sx = (double) photo.width() / camera.width();
        double sy = (double) photo.height() / camera.height();
        if (Math.abs(sx / sy - 1) > PROPORTION) {
            throw new IOException(Check.message(
                    "aspect ratio of " + file,
                    "that of camera " + camera.id() + ", " + camera.width() + "x" + camera.height(),
                    photo.width() + "x" + photo.height()));
        }
        CameraModel lens = camera.lens();
        return lens.withIntrinsics(lens.intrinsics().scaled(sx, sy));
    }
}
