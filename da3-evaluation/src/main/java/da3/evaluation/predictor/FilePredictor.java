package da3.evaluation.predictor;

import da3.evaluation.PredictedScene;
import da3.evaluation.Predictor;
import da3.evaluation.SceneRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.List;

/**
 * Predictions of another system, read from files. Each scene has a folder of its id with, in this order of preference,
 *
 * <ul>
 *   <li>{@code results.npz}, {@code exports/npz/results.npz} or {@code exports/mini_npz/results.npz}: depth, and confidence
 *       and cameras where they are there;
 *   <li>a COLMAP model, in the folder or its {@code sparse/0}: cameras, whose images go with the views in the order of
 *       their names;
 *   <li>{@code trajectory_tum.txt}: poses without intrinsics, in the order of the views.
 * </ul>
 *
 * <p>Files may also be in a subfolder {@code unposed}. Predictions for given cameras are in a subfolder {@code posed};
 * scenes without that subfolder have no predictions for given cameras. Predictions are for all views of a scene.
 */
public final class FilePredictor implements Predictor {

    private static final String UNPOSED = "unposed";
    private static final String POSED = "posed";

    private final Path folder;

    /**
     * Creates a predictor.
     *
     * @param folder folder of the scenes
     * @throws NotDirectoryException if there is no such folder
     */
    public FilePredictor(Path folder) throws NotDirectoryException {
        if (!Files.isDirectory(folder)) {
            throw new NotDirectoryException(folder.toString());
        }
        this.folder = folder.toAbsolutePath().normalize();
    }

    @Override
    public String name() {
        Path name = folder.getFileName();
        return name == null ? "files" : name.toString();
    }

    @Override
    public String description() {
        return "predictions read from files";
    }

    @Override
    public boolean takesCameras() {
        return true;
    }

    @Override
    public boolean answers(SceneRequest request) {
        return request.isComplete()
                && (request.cameras().isEmpty()
                        || Files.isDirectory(scene(request).resolve(POSED)));
    }

    @Override
    public PredictedScene predict(SceneRequest request) {
        Path scene = scene(request);
        List<Path> folders =
                request.cameras().isPresent() ? List.of(scene.resolve(POSED)) : List.of(scene, scene.resolve(UNPOSED));
        try {
            for (Path candidate : folders) {
                List<PredictedFile> found = PredictedFile.in(candidate);
                if (!found.isEmpty()) {
                    return found.get(0).read(request.images());
                }
            }
            throw new NoSuchFileException(
                    folders.get(0).toString(),
                    null,
                    "must hold results.npz, a COLMAP model or trajectory_tum.txt, got none of them");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path scene(SceneRequest request) {
        return folder.resolve(request.scene());
    }
}
