package da3.train.data;

import da3.geometry.Image;
import da3.geometry.ScalarMap;
import da3.geometry.Scene;
import da3.geometry.View;
import da3.io.ExportDirectory;
import da3.io.Npz;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Writes scenes as NumPy archives that {@link ArchiveScenes} reads. */
public final class SceneArchive {

    private SceneArchive() {}

    /**
     * Writes a scene; depth is rounded to 6 decimal digits.
     *
     * @param cameras whether the archive contains the cameras, which it must not if they are only assumed
     * @param folder folder of the archive
     * @param name name of the file, which must end in {@code .npz}; the file is either complete or absent
     * @throws IOException if it cannot be written
     */
    public static Path write(TrainingScene scene, boolean cameras, ExportDirectory folder, String name)
            throws IOException {
        List<View> views = new ArrayList<>();
        for (int v = 0; v < scene.views(); v++) {
            TrainingScene one = scene.subset(new int[] {v});
            views.add(new View(
                    new Image(scene.columns(), scene.rows(), one.rgb()),
                    new ScalarMap(scene.columns(), scene.rows(), one.depth()),
                    Optional.empty(),
                    cameras ? Optional.of(one.camera(0)) : Optional.empty()));
        }
        return Npz.write(new Scene(views, Optional.empty(), false), folder, name);
    }
}
