package da3.demo;

import da3.geometry.Camera;
import da3.geometry.Intrinsics;
import da3.geometry.Percentiles;
import da3.geometry.Pose;
import da3.geometry.Scene;
import da3.geometry.Vec3;
import da3.geometry.View;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The pixels of all views as points of the world.
 *
 * @param positions (points, 3), metres
 * @param colours (points, 3), sRGB
 */
record PointCloud(float[] positions, byte[] colours) {

    /** What a browser on a phone draws without a stutter, and a page carries without a burden. */
    static final int MOST = 150_000;

    /** Steps of the R2 sequence: multiples of them, modulo 1, fall evenly over pixels (Martin Roberts, 2018). */
    private static final double STEP_X = 0.7548776662466927;

    private static final double STEP_Y = 0.5698402909980532;

    /** Of all pixels with depth, an even choice of about {@link #MOST} where there are more. */
    static PointCloud of(Scene scene) {
        long known = 0;
        for (View view : scene.views()) {
            for (float depth : view.depth().values()) {
                known += depth > 0 ? 1 : 0;
            }
        }
        double share = Math.min(1, MOST / (double) Math.max(1, known));
        ByteBuffer positions = ByteBuffer.allocate(Math.toIntExact(12 * known));
        ByteBuffer colours = ByteBuffer.allocate(Math.toIntExact(3 * known));
        scene.views().forEach(view -> add(view, share, positions, colours));
        float[] chosen = new float[positions.position() / 4];
        positions.flip().asFloatBuffer().get(chosen);
        byte[] rgb = new byte[colours.position()];
        colours.flip().get(rgb);
        return new PointCloud(chosen, rgb);
    }

    private static void add(View view, double share, ByteBuffer positions, ByteBuffer colours) {
        Camera camera = view.camera().orElseThrow();
        Intrinsics k = camera.intrinsics();
        Pose toWorld = camera.pose().inverse();
        for (int y = 0; y < view.depth().height(); y++) {
            for (int x = 0; x < view.depth().width(); x++) {
                double z = view.depth().at(x, y);
                double turn = x * STEP_X + y * STEP_Y;
                if (z > 0 && turn - Math.floor(turn) < share) {
                    Vec3 p = toWorld.transform(
                            new Vec3((x + 0.5 - k.cx()) / k.fx() * z, (y + 0.5 - k.cy()) / k.fy() * z, z));
                    positions.putFloat((float) p.x()).putFloat((float) p.y()).putFloat((float) p.z());
                    for (int c = 0; c < 3; c++) {
                        colours.put((byte) view.image().channel(x, y, c));
                    }
                }
            }
        }
    }

    int size() {
        return positions.length / 3;
    }

    /** A point in its middle: the median of each coordinate. */
    Vec3 middle() {
        return new Vec3(median(0), median(1), median(2));
    }

    private double median(int axis) {
        float[] values = new float[size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = positions[3 * i + axis];
        }
        return values.length == 0 ? 0 : Percentiles.quantile(values, 0.5);
    }

    /** The positions as browsers on all usual machines hold them: little-endian. */
    byte[] littleEndianPositions() {
        ByteBuffer bytes = ByteBuffer.allocate(4 * positions.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(positions);
        return bytes.array();
    }
}
