package da3.train.data;

import da3.io.Images;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Folders of images without depth and cameras, which a teacher can label. Every image is a scene of one view; images in
 * subfolders are not read.
 */
public final class ImageFolders {

    private ImageFolders() {}

    /**
     * Finds the images of folders, in the order of folders and file names.
     *
     * @throws IOException if a folder cannot be read or has no images, or an image is in HEIC format; the message names
     *     the folder or file
     */
    public static FileScenes open(List<Path> folders, ViewOptions options) throws IOException {
        List<List<SourceView>> scenes = new ArrayList<>();
        for (Path folder : folders) {
            Counterparts.requireReadableFolder(folder);
            for (Path image : Images.list(folder)) {
                scenes.add(List.of(new SourceView(image, Optional.empty(), Optional.empty(), Optional.empty(), true)));
            }
        }
        return new FileScenes(scenes, options, false);
    }
}
