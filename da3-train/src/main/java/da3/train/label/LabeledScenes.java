package da3.train.label;

import da3.io.ExportDirectory;
import da3.train.data.ArchiveScenes;
import da3.train.data.SceneArchive;
import da3.train.data.SceneSource;
import da3.train.data.TrainingScene;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.IntConsumer;

/**
 * The result of labeling a data set.
 *
 * @param scenes number of labeled scenes
 * @param views number of labeled views
 * @param left number of views that could not be labeled
 */
public record LabeledScenes(int scenes, int views, int left) {

    /**
     * Labels scenes and writes each as an archive, {@code scene-000000.npz} and so on, which {@link ArchiveScenes} reads.
     *
     * @param max maximum number of scenes, the first ones; 0 for all
     * @param folder created if it does not exist
     * @param progress receives the number of finished scenes
     * @throws FileAlreadyExistsException if there are archives in the folder
     * @throws IOException if a scene cannot be read or written, or no view could be labeled
     */
    public static LabeledScenes write(
            TeacherLabels labels, SceneSource source, int max, Path folder, IntConsumer progress) throws IOException {
        if (!ArchiveScenes.archives(folder).isEmpty()) {
            throw new FileAlreadyExistsException(
                    folder.toString(),
                    null,
                    "must have no archives (*.npz), which an interrupted labeling "
                            + "also leaves; delete them or choose another folder");
        }
        ExportDirectory directory = ExportDirectory.open(folder);
        int count = count(source, max);
        int scenes = 0;
        int views = 0;
        int left = 0;
        for (int i = 0; i < count; i++) {
            TrainingScene scene = source.read(i);
            Optional<TrainingScene> labeled = labels.label(scene);
            if (labeled.isPresent()) {
                SceneArchive.write(labeled.get(), directory, "scene-%06d.npz".formatted(i));
                scenes++;
                views += labeled.get().views();
            }
            left += scene.views() - labeled.map(TrainingScene::views).orElse(0);
            progress.accept(i + 1);
        }
        if (scenes == 0) {
            throw new IOException("no view could be labeled: the depth of at least one view must be measured at eight "
                    + "pixels and rise with that of the teacher");
        }
        return new LabeledScenes(scenes, views, left);
    }

    /** Returns the number of scenes that {@link #write} labels. */
    public static int count(SceneSource source, int max) {
        return max == 0 ? source.scenes() : Math.min(max, source.scenes());
    }
}
