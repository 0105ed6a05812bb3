package da3.cli;

import da3.geometry.Image;
import da3.geometry.Intrinsics;
import da3.geometry.Pose;
import da3.geometry.lens.CameraModel;
import da3.geometry.lens.Pinhole;
import da3.geometry.lens.Undistortion;
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
import java.util.stream.Collectors;

/**
 * Photos of a COLMAP model in its order, as a pinhole would have taken them.
 *
 * @param poses world-to-camera, one a photo
 * @param intrinsics in pixels of the undistorted photos
 */
record ColmapInput(List<PredictMixin.Photo> photos, List<Pose> poses, List<Intrinsics> intrinsics) {

    /** By how much width and height of a photo may have been scaled differently: rounding to whole pixels. */
    private static final double PROPORTION = 0.01;

    /** Of missing images. */
    private static final int MOST_NAMED = 10;

    static ColmapInput read(Path photoFolder, Path modelFolder, PrintWriter err) throws IOException {
        ColmapModel model = ColmapFiles.read(modelFolder);
        List<String> missing = new ArrayList<>();
        List<PredictMixin.Photo> photos = new ArrayList<>();
        List<Pose> poses = new ArrayList<>();
        List<Intrinsics> intrinsics = new ArrayList<>();
        int distorted = 0;
        for (ColmapImage entry : model.images()) {
            Path file = photoFolder.resolve(entry.name());
            if (!Files.exists(file)) {
                missing.add(entry.name());
                continue;
            }
            Image photo = Images.read(file);
            CameraModel lens = lens(file, photo, model.camera(entry.camera()));
            distorted += lens instanceof Pinhole ? 0 : 1;
            Undistortion undistortion = Undistortion.of(lens, photo.width(), photo.height());
            Image straight = undistortion.apply(photo);
            photos.add(PredictMixin.Photo.made(entry.name(), () -> straight));
            poses.add(entry.pose());
            intrinsics.add(undistortion.intrinsics());
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
        return new ColmapInput(photos, poses, intrinsics);
    }

    private static String named(List<String> missing) {
        String names = missing.stream().limit(MOST_NAMED).collect(Collectors.joining(", "));
        return missing.size() > MOST_NAMED ? names + " and " + (missing.size() - MOST_NAMED) + " more" : names;
    }

    /** In pixels of the photo, which may have been scaled since. */
    private static CameraModel lens(Path file, Image photo, ColmapCamera camera) throws IOException {
        double sx = (double) photo.width() / camera.width();
        double sy = (double) photo.height() / camera.height();
        if (Math.abs(sx / sy - 1) > PROPORTION) {
            throw new IOException(file + " is " + photo.width() + "x" + photo.height() + ", but camera " + camera.id()
                    + " has photos of " + camera.width() + "x" + camera.height() + "; legal: those proportions");
        }
        CameraModel lens = camera.lens();
        return lens.withIntrinsics(lens.intrinsics().scaled(sx, sy));
    }
}
