package da3.io;

import da3.geometry.Camera;
import da3.geometry.Pose;
import da3.geometry.Scene;
import da3.geometry.View;
import da3.geometry.check.Check;
import da3.geometry.math.Quaternion;
import da3.geometry.math.Vec3;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes camera trajectories for tools that compare them, with one line per view. Poses in these files are
 * camera-to-world.
 */
public final class Trajectories {

    private Trajectories() {}

    /**
     * Writes {@code trajectory_tum.txt} and returns its path. Lines are {@code time tx ty tz qx qy qz qw}, the format
     * of the TUM RGB-D benchmark; the time is the number of the view.
     *
     * @throws IllegalArgumentException if a view has no camera or its pose is not rigid
     */
    public static Path writeTum(Scene scene, Path exportDirectory) throws IOException {
        List<Pose> poses = poses(scene);
        double[] seconds = new double[poses.size()];
        for (int i = 0; i < seconds.length; i++) {
            seconds[i] = i;
        }
        return writeTum(poses, seconds, exportDirectory);
    }

    /**
     * Writes {@code trajectory_tum.txt} with the given times and returns its path.
     *
     * @param worldToCamera one pose per line
     * @param seconds time of each pose
     * @throws IllegalArgumentException if the numbers of poses and times differ
     */
    public static Path writeTum(List<Pose> worldToCamera, double[] seconds, Path exportDirectory) throws IOException {
        return writeTum(worldToCamera, seconds, exportDirectory, "trajectory_tum.txt");
    }

    /**
     * Writes a file like {@link #writeTum(List, double[], Path)}, with another name, and returns its path.
     *
     * @param name name of the file in the export directory
     */
    public static Path writeTum(List<Pose> worldToCamera, double[] seconds, Path exportDirectory, String name)
            throws IOException {
        if (seconds.length != worldToCamera.size()) {
            throw Check.invalid("number of times", worldToCamera.size() + " like the number of poses", seconds.length);
        }
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < seconds.length; i++) {
            lines.append(tumLine(worldToCamera.get(i), seconds[i]));
        }
        return write(lines, exportDirectory, name);
    }

    /** Returns a line of a TUM file, with its end: time, camera center and quaternion, camera-to-world. */
    public static String tumLine(Pose worldToCamera, double seconds) {
        Pose cameraToWorld = worldToCamera.inverse();
        Vec3 t = cameraToWorld.translation();
        Quaternion q = Quaternion.ofMatrix(cameraToWorld.rotation());
        StringBuilder lines = new StringBuilder();
        line(lines, seconds, t.x(), t.y(), t.z(), q.x(), q.y(), q.z(), q.w());
        return lines.toString();
    }

    /**
     * Writes {@code trajectory_kitti.txt} and returns its path. Lines are the twelve row-major entries of the 3x4
     * matrix [R t], the format of the KITTI odometry benchmark.
     *
     * @throws IllegalArgumentException if a view has no camera or its pose is not rigid
     */
    public static Path writeKitti(Scene scene, Path exportDirectory) throws IOException {
        return writeKitti(poses(scene), exportDirectory);
    }

    /**
     * Writes {@code trajectory_kitti.txt} and returns its path.
     *
     * @param worldToCamera one pose per line
     */
    public static Path writeKitti(List<Pose> worldToCamera, Path exportDirectory) throws IOException {
        StringBuilder lines = new StringBuilder();
        for (Pose pose : worldToCamera) {
            line(lines, pose.inverse().toMatrix3x4());
        }
        return write(lines, exportDirectory, "trajectory_kitti.txt");
    }

    private static List<Pose> poses(Scene scene) {
        List<Pose> poses = new ArrayList<>();
        for (View view : scene.views()) {
            int number = poses.size();
            poses.add(view.camera()
                    .map(Camera::pose)
                    .orElseThrow(() -> new IllegalArgumentException("view " + number
                            + " has no camera, which a trajectory needs; choose a model that predicts cameras"))
                    .requireRigid("the pose of view " + number));
        }
        return poses;
    }

    private static void line(StringBuilder lines, double... values) {
        for (int i = 0; i < values.length; i++) {
            lines.append(i == 0 ? "" : " ").append(values[i]);
        }
        lines.append('\n');
    }

    private static Path write(StringBuilder lines, Path exportDirectory, String name) throws IOException {
        byte[] bytes = lines.toString().getBytes(StandardCharsets.UTF_8);
        return ExportDirectory.open(exportDirectory).write(name, out -> out.write(bytes));
    }
}
