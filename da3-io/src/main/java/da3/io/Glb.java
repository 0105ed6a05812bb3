package da3.io;

import da3.geometry.Camera;
import da3.geometry.PointCloud;
import da3.geometry.Pose;
import da3.geometry.Scene;
import da3.geometry.TriangleMesh;
import da3.geometry.View;
import da3.geometry.check.Check;
import da3.geometry.math.Mat3;
import da3.geometry.math.Vec3;
import da3.geometry.points.PlaceholderCamera;
import da3.geometry.points.PointFilter;
import da3.io.GltfBinary.Primitive;
import da3.io.internal.CameraWireframe;
import da3.io.internal.ScenePoints;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Writes scenes as colored point clouds with cameras, and meshes, to binary glTF 2.0 files. Source: the reference's
 * {@code utils/export/glb.py}.
 */
public final class Glb {

    /** Rotation from OpenCV axes (y down, z forward) to glTF axes (y up, z backward). */
    private static final Mat3 TO_GLTF = new Mat3(1, 0, 0, 0, -1, 0, 0, 0, -1);

    private Glb() {}

    /**
     * Writes {@code scene.glb} and returns its path. The first camera looks along -z with y up, and the origin is the
     * median of the points; {@code extras.hf_alignment} of the glTF scene is the matrix from world to file coordinates.
     * Colors are the sRGB bytes of the images, as in the reference, although glTF defines vertex colors as linear. If
     * the scene has no confidence, all points are written. Views without a camera are unprojected with a pinhole camera
     * at the origin with a horizontal field of view of 60 degrees, and get no camera wireframe. Sky is omitted.
     *
     * @throws IllegalArgumentException if there are no views, or the image and depth map of a view differ in size
     */
    public static Path write(Scene scene, Path exportDirectory, GlbOptions options) throws IOException {
        if (scene.views().isEmpty()) {
            throw Check.invalid("number of views", "positive", 0);
        }
        ExportDirectory directory = ExportDirectory.open(exportDirectory);
        ScenePoints world = ScenePoints.of(scene, PointFilter.of(scene, options.filter()));
        Pose alignment = alignment(PlaceholderCamera.of(scene.view(0)), world);
        ScenePoints points = world.atMost(options.maxPoints(), options.seed()).moved(alignment);
        List<Primitive> primitives = new ArrayList<>();
        if (points.count() > 0) {
            primitives.add(new Primitive("points", GltfBinary.POINTS, points));
        }
        if (options.showCameras()) {
            primitives.addAll(cameras(scene, options.cameraSize() * points.extent(), alignment));
        }
        return directory.write("scene.glb", out -> GltfBinary.write(out, primitives, alignment));
    }

    /**
     * Writes a mesh atomically, with the axes of glTF: y up and z backward; {@code extras.hf_alignment} is the matrix
     * from world to file coordinates. Colors are sRGB bytes, as in {@link #write}.
     *
     * @throws IllegalArgumentException if the file would exceed the 4 GiB that the format allows
     * @throws IOException if the file cannot be written; the message says why
     */
    public static void writeMesh(TriangleMesh mesh, Path file) throws IOException {
        writeMeshes(Map.of("mesh", mesh), file);
    }

    /**
     * Writes meshes like {@link #writeMesh}, each in a node of its own. Meshes without triangles are left out.
     *
     * @param meshes by name of the node, in the order of the file
     */
    public static void writeMeshes(Map<String, TriangleMesh> meshes, Path file) throws IOException {
        Pose alignment = new Pose(TO_GLTF, Vec3.ZERO);
        List<Primitive> primitives = new ArrayList<>();
        meshes.forEach((name, mesh) -> {
            if (mesh.triangleCount() > 0) {
                primitives.add(primitive(name, mesh, alignment));
            }
        });
        AtomicFile.write(file, out -> GltfBinary.write(out, primitives, alignment));
    }

    private static Primitive primitive(String name, TriangleMesh mesh, Pose alignment) {
        return new Primitive(
                name,
                GltfBinary.TRIANGLES,
                new ScenePoints(mesh.positions(), mesh.colors()).moved(alignment),
                Optional.of(new ScenePoints(mesh.normals(), mesh.colors())
                        .moved(alignment)
                        .positions()),
                Optional.of(mesh.triangles()));
    }

    /**
     * Writes the positions and colors of points atomically. Colors are sRGB bytes, as in {@link #write}.
     *
     * @param alignment motion from world to file coordinates, which {@code extras.hf_alignment} states
     * @throws IllegalArgumentException if there are no points
     * @throws IOException if the file cannot be written; the message says why
     */
    public static void writePoints(PointCloud cloud, Pose alignment, Path file) throws IOException {
        Check.atLeast("number of points", 1, cloud.size());
        ScenePoints points = new ScenePoints(cloud.positions(), cloud.colors()).moved(alignment);
        List<Primitive> primitives = List.of(new Primitive("points", GltfBinary.POINTS, points));
        AtomicFile.write(file, out -> GltfBinary.write(out, primitives, alignment));
    }

    /**
     * Returns the motion from world coordinates to the first camera's, with glTF axes and the median of the points at
     * 0.
     */
    public static Pose alignment(Camera first, ScenePoints world) {
        Pose turned = new Pose(
                TO_GLTF.times(first.pose().rotation()),
                TO_GLTF.times(first.pose().translation()));
        return turned.withTranslation(
                turned.translation().minus(world.moved(turned).median()));
    }

    private static List<Primitive> cameras(Scene scene, double size, Pose alignment) {
        List<Primitive> cameras = new ArrayList<>();
        int views = scene.views().size();
        for (int i = 0; i < views; i++) {
            View view = scene.view(i);
            if (view.camera().isPresent()) {
                double[] lines = CameraWireframe.lines(
                        view.camera().get(), view.depth().width(), view.depth().height(), size, alignment);
                String name = String.format(Locale.ROOT, "camera_%04d", i);
                ScenePoints ends = colored(lines, CameraWireframe.color(i, views));
                cameras.add(new Primitive(name, GltfBinary.LINES, ends));
            }
        }
        return cameras;
    }

    private static ScenePoints colored(double[] coordinates, byte[] color) {
        float[] positions = new float[coordinates.length];
        byte[] rgb = new byte[coordinates.length];
        for (int i = 0; i < positions.length; i++) {
            positions[i] = (float) coordinates[i];
            rgb[i] = color[i % 3];
        }
        return new ScenePoints(positions, rgb);
    }
}
