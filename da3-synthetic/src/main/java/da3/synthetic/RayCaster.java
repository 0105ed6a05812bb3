package da3.synthetic;

import da3.geometry.Camera;
import da3.geometry.Image;
import da3.geometry.Pose;
import da3.geometry.ScalarMap;
import da3.geometry.View;
import da3.geometry.check.Check;
import da3.geometry.concurrent.Parallel;
import da3.geometry.math.Vec3;
import java.util.Optional;

/** A ray caster for synthetic scenes. */
public final class RayCaster {

    /** Offset of shadow rays from their surface, relative to the distance, so that a surface does not shadow itself. */
    private static final double SHADOW_OFFSET = 1e-7;

    private final SyntheticScene scene;
    private final SurfaceTree tree;

    /** Creates a ray caster for a scene. */
    public RayCaster(SyntheticScene scene) {
        this.scene = scene;
        this.tree = new SurfaceTree(scene.surfaces());
    }

    /** Renders one image of a scene; see {@link #render(Camera, int, int, RenderOptions)}. */
    public static Rendering render(SyntheticScene scene, Camera camera, int width, int height, RenderOptions options) {
        return new RayCaster(scene).render(camera, width, height, options);
    }

    /**
     * Renders an image. Depth is exact: it is computed along the ray through the pixel center in double precision and
     * rounded once. Only colors are averaged over samples.
     *
     * @throws IllegalArgumentException if the camera is invalid, or the size is not positive or too large
     */
    public Rendering render(Camera camera, int width, int height, RenderOptions options) {
        camera.pose().requireRigid("the camera's pose");
        camera.intrinsics().requireValid("the camera's intrinsics");
        if (width < 1 || height < 1 || 3L * width * height > Integer.MAX_VALUE) {
            throw Check.invalid(
                    "image size",
                    "at least 1x1 and at most " + Integer.MAX_VALUE / 3 + " pixels",
                    width + "x" + height);
        }
        Target target = new Target(camera, width, height, options);
        Parallel.forEach(height, options.threads(), target::renderRow);
        return target.rendering();
    }

    /** Returns the distance to the first surface on a ray, in lengths of its direction; infinity if there is none. */
    public double distance(Ray ray) {
        SurfaceTree.Hit hit = tree.nearest(ray, 0);
        return hit == null ? Double.POSITIVE_INFINITY : hit.t();
    }

    private Color color(Ray ray) {
        SurfaceTree.Hit hit = tree.nearest(ray, 0);
        if (hit == null) {
            return scene.sky().map(sky -> sky.color(ray.direction())).orElse(Color.BLACK);
        }
        Vec3 point = ray.at(hit.t());
        Texture texture = hit.surface().texture();
        Color own = texture.color(hit.surface().coordinates(point));
        return texture.glows()
                ? own
                : own.times(light(
                        point,
                        facing(ray, hit, point),
                        point.minus(ray.origin()).norm()));
    }

    private Color light(Vec3 point, Vec3 normal, double distance) {
        Lighting lighting = scene.lighting();
        Vec3 lifted = point.plus(normal.times(SHADOW_OFFSET * (1 + distance)));
        Color light = lighting.below().mixed(lighting.above(), 0.5 + 0.5 * normal.y());
        double slant = normal.dot(lighting.towardsSun());
        if (slant > 0 && !tree.blocks(new Ray(lifted, lighting.towardsSun()), 0, Double.POSITIVE_INFINITY)) {
            light = light.plus(lighting.sun().times(slant));
        }
        if (lighting.lamp().isPresent()) {
            Lighting.Lamp lamp = lighting.lamp().get();
            Vec3 towards = lamp.position().minus(lifted);
            double lampSlant = normal.dot(towards);
            if (lampSlant > 0 && !tree.blocks(new Ray(lifted, towards), 0, 1)) {
                double squared = towards.dot(towards);
                light = light.plus(lamp.light().times(lampSlant / (squared * Math.sqrt(squared))));
            }
        }
        return light;
    }

    private static Vec3 facing(Ray ray, SurfaceTree.Hit hit, Vec3 point) {
        Vec3 normal = hit.surface().normal(point);
        return normal.dot(ray.direction()) > 0 ? normal.times(-1) : normal;
    }

    /** The image being rendered. Rows are independent. */
    private final class Target {

        private final Camera camera;
        private final Pose toWorld;
        private final int width;
        private final int height;
        private final int samples;
        private final byte[] rgb;
        private final float[] depth;
        private final float[] sky;
        private final float[] normals;

        Target(Camera camera, int width, int height, RenderOptions options) {
            this.camera = camera;
            this.toWorld = camera.pose().inverse();
            this.width = width;
            this.height = height;
            this.samples = options.samples();
            this.rgb = new byte[3 * width * height];
            this.depth = new float[width * height];
            this.sky = new float[width * height];
            this.normals = options.normals() ? new float[3 * width * height] : null;
        }

        void renderRow(int y) {
            for (int x = 0; x < width; x++) {
                int i = y * width + x;
                measure(i, ray(x + 0.5, y + 0.5));
                Color sum = Color.BLACK;
                for (int s = 0; s < samples * samples; s++) {
                    double u = x + (s % samples + 0.5) / samples;
                    double v = y + (s / samples + 0.5) / samples;
                    sum = sum.plus(color(ray(u, v)).toneMapped());
                }
                sum.times(1.0 / (samples * samples)).encode(rgb, 3 * i);
            }
        }

        private void measure(int i, Ray ray) {
            SurfaceTree.Hit hit = tree.nearest(ray, 0);
            if (hit == null) {
                sky[i] = 1;
                return;
            }
            depth[i] = (float) hit.t();
            if (normals != null) {
                Vec3 normal = facing(ray, hit, ray.at(hit.t()));
                normals[3 * i] = (float) normal.x();
                normals[3 * i + 1] = (float) normal.y();
                normals[3 * i + 2] = (float) normal.z();
            }
        }

        /** Returns a ray whose direction has length 1 along the z axis of the camera, so that t is depth. */
        private Ray ray(double u, double v) {
            Vec3 inCamera = camera.intrinsics().unproject(u, v, 1);
            return new Ray(toWorld.translation(), toWorld.rotation().times(inCamera));
        }

        Rendering rendering() {
            View view = new View(
                    new Image(width, height, rgb),
                    new ScalarMap(width, height, depth),
                    Optional.empty(),
                    Optional.of(camera));
            return new Rendering(view, new ScalarMap(width, height, sky), Optional.ofNullable(normals));
        }
    }
}
