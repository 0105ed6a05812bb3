package da3.train.data;

import da3.geometry.Camera;
import da3.geometry.lens.CameraModel;
import da3.geometry.lens.Pinhole;
import da3.io.colmap.ColmapCamera;
import da3.io.colmap.ColmapFiles;
import da3.io.colmap.ColmapImage;
import da3.io.colmap.ColmapModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * COLMAP reconstructions with a depth map for each image, in the unit of the model. Cameras must be pinholes, since
 * depth is not undistorted.
 *
 * @param images folder of the images, relative to that of the reconstruction
 * @param depth folder of the depth maps, with the names of the images
 * @param masks folder of the masks, if there are any
 * @param model folder of the model
 * @param viewsPerScene number of consecutive views of a scene, by name; 0 for all
 */
public record ColmapFolders(String images, String depth, Optional<String> masks, String model, int viewsPerScene) {

    /**
     * Reads models and finds the files of their images.
     *
     * @throws IOException if a model cannot be read or is empty, a file is missing, an image is in HEIC format, or a
     *     camera has distortion; the message names the file
     */
    public FileScenes open(List<Path> folders, ViewOptions options) throws IOException {
        List<List<SourceView>> scenes = new ArrayList<>();
        for (Path folder : folders) {
            scenes.addAll(FileScenes.consecutive(views(folder), viewsPerScene));
        }
        return new FileScenes(scenes, options, true);
    }

    private List<SourceView> views(Path folder) throws IOException {
        Path source = folder.resolve(model);
        ColmapModel known = ColmapFiles.readCameras(source);
        if (known.images().isEmpty()) {
            throw new IOException(source + " must have at least one image, got none");
        }
        List<ColmapImage> sorted = known.images().stream()
                .sorted(Comparator.comparing(ColmapImage::name))
                .toList();
        List<SourceView> views = new ArrayList<>();
        for (ColmapImage image : sorted) {
            Path file = folder.resolve(images).resolve(image.name());
            Counterparts.requireReadable(file);
            if (!Files.isRegularFile(file)) {
                throw new NoSuchFileException(file.toString(), null, "is missing: it is an image of " + source);
            }
            views.add(new SourceView(
                    file,
                    Optional.of(
                            Counterparts.of(image.name(), folder.resolve(depth), DepthFiles.EXTENSIONS, "a depth map")),
                    Counterparts.mask(image.name(), masks.map(folder::resolve)),
                    Optional.of(calibration(image, known.camera(image.camera()), source)),
                    false));
        }
        return views;
    }

    private static SourceView.Calibration calibration(ColmapImage image, ColmapCamera camera, Path source)
            throws IOException {
        CameraModel lens = camera.lens();
        if (!(lens instanceof Pinhole)) {
            throw new IOException("camera " + camera.id() + " of " + source + " must be PINHOLE or SIMPLE_PINHOLE, got "
                    + camera.model() + ": images and depth must be undistorted first, for instance with "
                    + "colmap image_undistorter");
        }
        return new SourceView.Calibration(
                new Camera(image.pose(), lens.intrinsics()), camera.width(), camera.height(), source);
    }
}
