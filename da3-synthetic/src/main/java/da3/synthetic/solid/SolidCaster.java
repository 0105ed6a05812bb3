package da3.synthetic.solid;

import da3.geometry.Camera;
import da3.geometry.Image;
import da3.geometry.ScalarMap;
import da3.geometry.View;
import da3.geometry.math.Vec3;
import java.util.List;
import java.util.Optional;

/** Takes photos of solids. Immutable; any number of threads may take photos at a time. */
public final class SolidCaster {

    private final SolidTree tree;
    private final Shader shader;

    public SolidCaster(List<Solid> solids, Light light) {
        this.tree = new SolidTree(solids);
        this.shader = new Shader(tree, solids, light);
    }

    /**
     * Takes a photo. Depth belongs to pixels' centers exactly; colors are averaged over 2x2 samples.
     *
     * @return depth along the camera's z axis in meters, 0 where there is none
     */
    public View render(Camera camera, int rows, int columns, Exposure exposure) {
        camera.pose().requireRigid("the camera's pose");
        camera.intrinsics().requireValid("the camera's intrinsics");
        Film film = new Film(camera, rows, columns, tree, shader);
        return new View(
                new Image(columns, rows, film.colors(exposure)),
                new ScalarMap(columns, rows, film.depth()),
                Optional.empty(),
                Optional.of(camera));
    }

    /**
     * Looks through a few pixels only.
     *
     * @param rows of the grid of samples, spread evenly over the image
     * @param columns of the grid
     */
    public Glance glance(Camera camera, int rows, int columns) {
        Film film = new Film(camera, rows, columns, tree, shader);
        return new Glance(rows, columns, film.depth(), film.solids(), film.meanLight());
    }

    /** Whether nothing stands between two points, but for what the second one lies on. */
    public boolean sees(Vec3 from, Vec3 to) {
        Vec3 way = to.minus(from);
        return tree.blocker(from.x(), from.y(), from.z(), way.x(), way.y(), way.z(), 1 - 1e-4, -1) < 0;
    }

    /**
     * What a glance shows.
     *
     * @param depth (rows, columns), 0 where there is none
     * @param solids (rows, columns), indices, -1 where there is none
     * @param light mean brightness, linear
     */
    public record Glance(int rows, int columns, float[] depth, int[] solids, double light) {}
}
