package da3.train.data;

import da3.io.Images;
import da3.io.NpzCameras;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Recordings in folders: images, a depth map with the name of each, a NumPy archive with the cameras of all images in
 * the order of their names, and optionally masks with their names.
 *
 * @param images folder of the images, relative to that of the recording
 * @param depth folder of the depth maps
 * @param masks folder of the masks, if there are any
 * @param cameras archive as {@link NpzCameras} reads it
 * @param viewsPerScene number of consecutive views of a scene; 0 for all
 */
public record ViewFolders(String images, String depth, Optional<String> masks, String cameras, int viewsPerScene) {

    /**
     * Finds the files of recordings and reads their cameras.
     *
     * @throws IOException if a file is missing or cannot be read, an image is in HEIC format, or the numbers of images
     *     and cameras differ; the message names the file
     */
    public FileScenes open(List<Path> folders, ViewOptions options) throws IOException {
        List<List<SourceView>> scenes = new ArrayList<>();
        for (Path folder : folders) {
            scenes.addAll(FileScenes.consecutive(views(folder), viewsPerScene));
        }
        return new FileScenes(scenes, options, true);
    }

    private List<SourceView> views(Path folder) throws IOException {
        Counterparts.requireReadableFolder(folder.resolve(images));
        List<Path> files = Images.list(folder.resolve(images));
        Path archive = folder.resolve(cameras);
        NpzCameras known = NpzCameras.read(archive);
        if (known.cameras().size() != files.size()) {
            throw new IOException(archive + " must have one camera for each of the " + files.size() + " images in "
                    + folder.resolve(images) + ", got " + known.cameras().size());
        }
        List<SourceView> views = new ArrayList<>();
        for (int i = 0; i < files.size(); i++) {
            String name = files.get(i).getFileName().toString();
            views.add(new SourceView(
                    files.get(i),
                    Optional.of(Counterparts.of(name, folder.resolve(depth), DepthFiles.EXTENSIONS, "a depth map")),
                    Counterparts.mask(name, masks.map(folder::resolve)),
                    Optional.of(
                            new SourceView.Calibration(known.cameras().get(i), known.width(), known.height(), archive)),
                    true));
        }
        return views;
    }
}
