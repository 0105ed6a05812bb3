package da3.evaluation.suite.dataset;

import da3.geometry.Camera;
import da3.geometry.Image;
import da3.geometry.Pose;
import da3.geometry.View;
import da3.geometry.lens.CameraModel;
import da3.geometry.lens.Undistortion;
import da3.io.Images;
import da3.io.colmap.ColmapCamera;
import da3.io.colmap.ColmapFiles;
import da3.io.colmap.ColmapImage;
import da3.io.colmap.ColmapModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Frames of a COLMAP model: images, undistorted, with cameras but without depth. */
final class ColmapFrames {

    /** Sides of reduced images are rounded. */
    private static final double ASPECT_TOLERANCE = 0.01;

    private ColmapFrames() {}

    /**
     * Lists the images of a model by their names.
     *
     * @param sparse folder of the model, below the root
     * @param images folder of the images, below the root
     */
    static List<SceneFiles.Frame> list(DataSetFolder folder, String sparse, String images) throws IOException {
        Path path = folder.root().resolve(sparse);
        if (!Files.isDirectory(path)) {
            throw folder.missing(path, "the COLMAP model of a scene");
        }
        ColmapModel model = ColmapFiles.readCameras(path);
        List<ColmapImage> sorted = new ArrayList<>(model.images());
        sorted.sort(Comparator.comparing(ColmapImage::name));
        List<SceneFiles.Frame> frames = new ArrayList<>();
        for (ColmapImage image : sorted) {
            ColmapCamera camera = model.camera(image.camera());
            frames.add(() -> load(folder, images + "/" + image.name(), image.pose(), camera));
        }
        if (frames.isEmpty()) {
            throw folder.malformed(path, "has no image");
        }
        return frames;
    }

    /**
     * Loads an image and undistorts it. It may be smaller than its camera: some data sets come with reduced images.
     *
     * @param name path of the image, below the root
     */
    static View load(DataSetFolder folder, String name, Pose pose, ColmapCamera camera) throws IOException {
        Path file = folder.file(name, "an image of a scene");
        Image photo = Images.readStored(file);
        double sx = (double) photo.width() / camera.width();
        double sy = (double) photo.height() / camera.height();
        if (Math.abs(sx / sy - 1) > ASPECT_TOLERANCE) {
            throw folder.malformed(
                    file,
                    "must have the aspect ratio of its camera, " + camera.width() + "x" + camera.height() + ", got "
                            + photo.width() + "x" + photo.height());
        }
        CameraModel lens = camera.lens();
        CameraModel scaled = lens.withIntrinsics(lens.intrinsics().scaled(sx, sy));
        Undistortion undistortion = Undistortion.of(scaled, photo.width(), photo.height());
        return Views.withoutDepth(undistortion.apply(photo), new Camera(pose, undistortion.intrinsics()));
    }

    /** Returns the photo if it has the size of its camera. */
    static Image requireSize(DataSetFolder folder, Path file, Image photo, ColmapCamera camera) throws IOException {
        if (photo.width() != camera.width() || photo.height() != camera.height()) {
            throw folder.malformed(
                    file,
                    "must be of the size of its camera, " + camera.width() + "x" + camera.height() + ", got "
                            + photo.width() + "x" + photo.height());
        }
        return photo;
    }
}
