package da3.train.data;

import da3.geometry.Camera;
import da3.geometry.Scene;
import da3.geometry.View;
import da3.geometry.check.Check;
import da3.io.SceneNpz;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The scenes of all NumPy archives of some folders, in the order of folders and file names. Each archive is a scene in
 * the layout of {@link da3.io.Npz}: {@code image} (N, H, W, 3), {@code depth} (N, H, W), {@code extrinsics} (N, 3, 4),
 * world-to-camera, and {@code intrinsics} (N, 3, 3). A depth of 0, or that is not finite, is unknown.
 *
 * <p>The cameras of archives without {@code extrinsics} and {@code intrinsics} are unknown; all archives of a folder have
 * cameras, or none has. Unknown cameras are assumed to be at the origin, with a field of view of 60 degrees.
 */
public final class ArchiveScenes implements SceneSource {

    private static final String SUFFIX = ".npz";

    private final List<Path> files;
    private final Set<Path> withoutCameras; // folders
    private final DepthLimits limits;

    /**
     * How stored depth is read.
     *
     * @param scale factor from stored depth to the unit of the cameras, for instance 0.001 from millimeters to meters
     * @param max depths beyond it are unknown, in the unit of the cameras; 0 for no limit
     */
    public record DepthLimits(double scale, double max) {

        /** Depth as it is stored. */
        public static final DepthLimits NONE = new DepthLimits(1, 0);

        float apply(float stored) {
            double depth = stored * scale;
            boolean known = depth > 0 && Double.isFinite(depth) && (max == 0 || depth <= max);
            return known ? (float) depth : 0;
        }
    }

    private ArchiveScenes(List<Path> files, Set<Path> withoutCameras, DepthLimits limits) {
        this.files = files;
        this.withoutCameras = withoutCameras;
        this.limits = limits;
    }

    /**
     * Finds the archives of folders; each is read when it is used, and the first of each folder is opened to find out
     * whether there are cameras.
     *
     * @throws IOException if a folder cannot be read or has no archives, or its first archive has extrinsics without
     *     intrinsics or the reverse
     */
    public static ArchiveScenes open(List<Path> folders, DepthLimits limits) throws IOException {
        List<Path> files = new ArrayList<>();
        Set<Path> withoutCameras = new HashSet<>();
        for (Path folder : folders) {
            List<Path> own = archives(folder);
            if (own.isEmpty()) {
                throw new NoSuchFileException(
                        folder.toString(), null, "must contain archives (*" + SUFFIX + "), got none");
            }
            files.addAll(own);
            if (!SceneNpz.hasCameras(own.get(0))) {
                withoutCameras.add(own.get(0).getParent());
            }
        }
        return new ArchiveScenes(files, withoutCameras, limits);
    }

    /** Returns the archives of a folder in the order of their names; empty if there are none or it is no folder. */
    public static List<Path> archives(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(file -> file.getFileName().toString().endsWith(SUFFIX))
                    .sorted()
                    .toList();
        }
    }

    @Override
    public int scenes() {
        return files.size();
    }

    @Override
    public TrainingScene read(int index) throws IOException {
        Path file = files.get(index);
        Scene scene = SceneNpz.read(file);
        requireCamerasOfFolder(file, index);
        int views = scene.views().size();
        int rows = scene.view(0).depth().height();
        int columns = scene.view(0).depth().width();
        int pixels = rows * columns;
        byte[] rgb = new byte[3 * pixels * views];
        float[] depth = new float[pixels * views];
        float[] extrinsics = new float[12 * views];
        float[] intrinsics = new float[9 * views];
        for (int v = 0; v < views; v++) {
            View view = scene.view(v);
            Camera camera = view.camera().orElseGet(() -> AssumedCamera.of(columns, rows, AssumedCamera.FIELD_OF_VIEW));
            System.arraycopy(view.image().rgb(), 0, rgb, 3 * pixels * v, 3 * pixels);
            float[] stored = view.depth().values();
            for (int i = 0; i < pixels; i++) {
                depth[v * pixels + i] = limits.apply(stored[i]);
            }
            TrainingScene.putCamera(camera, v, extrinsics, intrinsics);
        }
        return new TrainingScene(views, rows, columns, rgb, depth, extrinsics, intrinsics);
    }

    @Override
    public int views(int index) throws IOException {
        return SceneNpz.views(files.get(index));
    }

    private void requireCamerasOfFolder(Path file, int index) throws IOException {
        boolean cameras = SceneNpz.hasCameras(file);
        if (cameras != hasCameras(index)) {
            throw new IOException(Check.message(
                    "extrinsics and intrinsics of " + file,
                    (cameras ? "absent" : "present") + " as in the first archive of its folder",
                    cameras ? "both" : "none"));
        }
    }

    @Override
    public boolean hasCameras() {
        return withoutCameras.isEmpty();
    }

    @Override
    public boolean hasCameras(int index) {
        return !withoutCameras.contains(files.get(index).getParent());
    }

    @Override
    public String name(int index) {
        return files.get(index).toString();
    }
}
