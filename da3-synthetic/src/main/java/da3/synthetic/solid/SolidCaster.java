package da3.synthetic.solid;

import da3.geometry.Camera;
import da3.geometry.Image;
import da3.geometry.ScalarMap;
import da3.geometry.View;
import da3.geometry.math.Vec3;
import java.util.List;
import java.util.Optional;

/** A ray caster for solids. Immutable and thread-safe. */
public final class SolidCaster {

    private final SolidTree tree;
    private final Shader shader;

    /** Creates a ray caster for a scene. */
    public SolidCaster(List<Solid> solids, Light light) {
        this.tree = new SolidTree(solids);
        this.shader = new Shader(tree, solids, light);
    }

    /**
     * Renders an image. Depth is exact at pixel centers; colors are averaged over 2x2 samples.
     *
     * @return a view with depth along the z axis of the camera in meters, 0 where there is none
     * @throws IllegalArgumentException if the camera is invalid
     */
    public View render(Camera camera, int rows, int columns, Exposure exposure) {
        return renderSolids(camera, rows, columns, exposure).view();
    }

    /** Renders an image as {@link #render} does, with the solid that each pixel shows. */
    public SolidView renderSolids(Camera camera, int rows, int columns, Exposure exposure) {
        camera.pose().requireRigid("the camera's pose");
        camera.intrinsics().requireValid("the camera's intrinsics");
        PixelTracer tracer = new PixelTracer(camera, rows, columns, tree, shader);
        View view = new View(
                new Image(columns, rows, tracer.colors(exposure)),
                new ScalarMap(columns, rows, tracer.depth()),
                Optional.empty(),
                Optional.of(camera));
        return new SolidView(view, tracer.solids());
    }

    /**
     * Renders exact depth at pixel centers, without colors.
     *
     * @param camera camera of an image with these rows and columns
     * @return depth along the z axis of the camera in meters, 0 where there is none
     */
    public ScalarMap depth(Camera camera, int rows, int columns) {
        return new ScalarMap(columns, rows, new PixelTracer(camera, rows, columns, tree, shader).depth());
    }

    /**
     * Renders a low-resolution preview.
     *
     * @param camera camera with intrinsics for these rows and columns
     * @param rows rows of the grid of samples
     * @param columns columns of the grid of samples
     */
    public Preview preview(Camera camera, int rows, int columns) {
        PixelTracer tracer = new PixelTracer(camera, rows, columns, tree, shader);
        return new Preview(rows, columns, tracer.depth(), tracer.solids(), tracer.meanLight());
    }

    /** Returns whether a point on a surface is visible from another point. */
    public boolean isVisible(Vec3 from, Vec3 to) {
        Vec3 ray = to.minus(from);
        return tree.blocker(from.x(), from.y(), from.z(), ray.x(), ray.y(), ray.z(), 1 - 1e-4, -1) < 0;
    }

    /**
     * A view with the solids that it shows.
     *
     * @param solids (rows, columns), indices of solids at pixel centers, -1 where there is none
     */
    public record SolidView(View view, int[] solids) {}

    /**
     * A low-resolution image.
     *
     * @param depth (rows, columns), 0 where there is none
     * @param solids (rows, columns), indices of solids, -1 where there is none
     * @param light mean linear brightness
     */
    public record Preview(int rows, int columns, float[] depth, int[] solids, double light) {}
}
