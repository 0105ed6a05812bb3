package da3.streaming.reference;

import da3.geometry.Intrinsics;
import da3.geometry.PointCloud;
import da3.geometry.Pose;
import da3.geometry.View;
import da3.geometry.check.Check;
import da3.geometry.math.Vec3;
import da3.io.ExportDirectory;
import da3.io.FrameNpz;
import da3.io.Ply;
import da3.io.PlyFormat;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * Writes the output files of DA3-Streaming. Source: {@code save_camera_poses} and {@code save_depth_conf_result}.
 *
 * @param confidenceRatio minimum confidence of a point, as a fraction of the mean confidence of its window
 * @param sampleRatio fraction of the confident points that is written
 * @param seed seed of the choice of points
 */
public record ReferenceFiles(double confidenceRatio, double sampleRatio, long seed) {

    /** Colors of windows; the reference defines such colors but gives all cameras the first one. */
    private static final int[] COLORS = {
        0xff0000, 0x00ff00, 0x0000ff, 0xffff00, 0xff00ff, 0x00ffff, 0x800000, 0x008000, 0x000080, 0x808000
    };

    public ReferenceFiles {
        Check.atLeast("confidence ratio", 0, confidenceRatio);
        Check.inRange("sample ratio", 0, 1, sampleRatio);
    }

    /** Returns the settings of the reference. */
    public static ReferenceFiles defaults() {
        return new ReferenceFiles(0.75, 0.015, 42);
    }

    /**
     * Writes the following files; other files in the directory are left alone.
     *
     * <ul>
     *   <li>{@code camera_poses.txt}: per frame the 16 row-major entries of the camera-to-world matrix
     *   <li>{@code intrinsic.txt}: per frame fx, fy, cx, cy in pixels of the processed image
     *   <li>{@code camera_poses.ply}: the camera centers as text, in one color per window
     *   <li>{@code pcd/K_pcd.ply}: confident points of window K in the world frame, binary
     *   <li>{@code pcd/combined_pcd.ply}: the points of all windows
     *   <li>{@code results_output/frame_I.npz}: see {@link FrameNpz}; depth in the world unit, confidence less 1
     *   <li>{@code loop_closures.txt}: per loop both frames and the similarity
     * </ul>
     *
     * @throws IOException if a file cannot be written; the message says why
     */
    public void write(ReferenceMap map, Path exportDirectory) throws IOException {
        ExportDirectory directory = ExportDirectory.open(exportDirectory);
        List<Pose> poses = map.camerasToWorld();
        writeText(directory, "camera_poses.txt", poses.stream().map(ReferenceFiles::line));
        writeText(directory, "intrinsic.txt", map.intrinsics().stream().map(ReferenceFiles::line));
        Ply.write(cameras(map, poses), directory.root().resolve("camera_poses.ply"), PlyFormat.ASCII);
        writeText(
                directory,
                "loop_closures.txt",
                Stream.concat(
                        Stream.of("# frame, frame, similarity"),
                        map.loops().stream().map(ReferenceFiles::line)));
        writeClouds(map, directory);
        writeFrames(map, directory);
    }

    private void writeClouds(ReferenceMap map, ExportDirectory directory) throws IOException {
        Path folder = Files.createDirectories(directory.root().resolve("pcd"));
        List<PointCloud> clouds = new ArrayList<>();
        for (AlignedWindow window : map.windows()) {
            PointCloud cloud = WindowCloud.of(window, confidenceRatio, sampleRatio, seed);
            Ply.write(cloud, folder.resolve(clouds.size() + "_pcd.ply"), PlyFormat.BINARY_LITTLE_ENDIAN);
            clouds.add(cloud);
        }
        Ply.write(WindowCloud.joined(clouds), folder.resolve("combined_pcd.ply"), PlyFormat.BINARY_LITTLE_ENDIAN);
    }

    private static void writeFrames(ReferenceMap map, ExportDirectory directory) throws IOException {
        for (AlignedWindow window : map.windows()) {
            for (int number : window.emitted().frames().toArray()) {
                WindowFrame frame = window.frame(number);
                View view = new View(
                        frame.image(),
                        frame.depth().scaled(window.toWorld().scale()),
                        Optional.of(frame.confidence()),
                        Optional.of(frame.camera()));
                FrameNpz.write(view, directory, "results_output/frame_" + number + ".npz");
            }
        }
    }

    private static PointCloud cameras(ReferenceMap map, List<Pose> poses) {
        float[] positions = new float[3 * poses.size()];
        byte[] colors = new byte[positions.length];
        int at = 0;
        for (int window = 0; window < map.windows().size(); window++) {
            int color = COLORS[window % COLORS.length];
            for (int i = 0; i < map.windows().get(window).emitted().length(); i++) {
                Vec3 center = poses.get(at / 3).translation();
                positions[at] = (float) center.x();
                positions[at + 1] = (float) center.y();
                positions[at + 2] = (float) center.z();
                colors[at] = (byte) (color >> 16);
                colors[at + 1] = (byte) (color >> 8);
                colors[at + 2] = (byte) color;
                at += 3;
            }
        }
        return new PointCloud(positions, colors);
    }

    private static String line(Pose cameraToWorld) {
        return DoubleStream.concat(DoubleStream.of(cameraToWorld.toMatrix3x4()), DoubleStream.of(0, 0, 0, 1))
                .mapToObj(Double::toString)
                .collect(Collectors.joining(" "));
    }

    private static String line(Intrinsics k) {
        return k.fx() + " " + k.fy() + " " + k.cx() + " " + k.cy();
    }

    private static String line(LoopPair loop) {
        return String.format(Locale.ROOT, "%d, %d, %.4f", loop.first(), loop.second(), loop.similarity());
    }

    private static void writeText(ExportDirectory directory, String name, Stream<String> lines) throws IOException {
        String text = lines.map(line -> line + "\n").collect(Collectors.joining());
        directory.write(name, out -> out.write(text.getBytes(StandardCharsets.US_ASCII)));
    }
}
