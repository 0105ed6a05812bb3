package da3.bench.streaming;

import da3.geometry.Camera;
import da3.geometry.Intrinsics;
import da3.geometry.Pose;
import da3.geometry.View;
import da3.geometry.lens.Pinhole;
import da3.geometry.math.Mat3;
import da3.geometry.math.Vec3;
import da3.geometry.rig.Rig;
import da3.geometry.rig.RigCamera;
import da3.synthetic.Box;
import da3.synthetic.CameraRig;
import da3.synthetic.Color;
import da3.synthetic.Lighting;
import da3.synthetic.Parallelogram;
import da3.synthetic.RayCaster;
import da3.synthetic.RenderOptions;
import da3.synthetic.Surface;
import da3.synthetic.SyntheticScene;
import da3.synthetic.Texture;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * What six cameras of a vehicle see on a drive through a winding street between houses. The views of neighboring cameras
 * leave gaps of 10 degrees.
 *
 * @param rig the cameras, in a frame with the axes of the front camera
 * @param instants world-to-rig poses
 * @param frames the views of all cameras at the first instant, then at the second one, and so on; depth in meters, 0 for
 *     the sky
 */
record RigDrive(Rig rig, List<Pose> instants, RouteViews frames) {

    private static final double FIELD_OF_VIEW = Math.toRadians(50);
    private static final int CAMERAS = 6;
    private static final double EYE = 1.5; // height in meters
    private static final double HALF_WIDTH = 8; // distance of the houses from the middle of the street in meters

    /** The heading changes by this angle to both sides, over this length in meters. */
    private static final double TURN = 0.25;

    private static final double PERIOD = 300;
    private static final double SAMPLE = 0.25; // meters

    /**
     * Renders a drive.
     *
     * @param length length of the drive in meters
     * @param step distance between instants in meters
     */
    static RigDrive render(double length, double step, int width, int height, long seed) {
        Intrinsics lens = CameraRig.lens(width, height, FIELD_OF_VIEW);
        Rig rig = rig(lens);
        RayCaster caster = new RayCaster(street(length, new Random(seed)));
        RenderOptions options = RenderOptions.defaults().withSamples(1).withThreads(1);
        List<Pose> instants = new ArrayList<>();
        List<View> views = new ArrayList<>();
        List<Vec3> middle = middle(length);
        int stride = (int) Math.round(step / SAMPLE);
        for (int i = 0; i + 1 < middle.size(); i += stride) {
            Vec3 eye = middle.get(i).plus(new Vec3(0, EYE, 0));
            Pose rigFromWorld = CameraRig.lookAt(eye, eye.plus(middle.get(i + 1).minus(middle.get(i))));
            instants.add(rigFromWorld);
            for (Pose pose : rig.poses(rigFromWorld)) {
                views.add(caster.render(new Camera(pose, lens), width, height, options)
                        .view());
            }
        }
        return new RigDrive(rig, instants, new RouteViews(views));
    }

    private static Rig rig(Intrinsics lens) {
        List<RigCamera> cameras = new ArrayList<>();
        for (int i = 0; i < CAMERAS; i++) {
            double angle = 2 * Math.PI * i / CAMERAS;
            double sin = Math.sin(angle);
            double cos = Math.cos(angle);
            Pose rigFromSensor =
                    new Pose(new Mat3(cos, 0, sin, 0, 1, 0, -sin, 0, cos), new Vec3(0.9 * sin, 0, 1.6 * cos));
            cameras.add(new RigCamera("camera" + i, rigFromSensor.inverse(), new Pinhole(lens), Optional.empty()));
        }
        return new Rig(cameras);
    }

    /** Returns points in the middle of the street. */
    private static List<Vec3> middle(double length) {
        List<Vec3> points = new ArrayList<>();
        Vec3 at = Vec3.ZERO;
        for (int i = 0; i * SAMPLE <= length; i++) {
            points.add(at);
            double heading = TURN * Math.sin(2 * Math.PI * i * SAMPLE / PERIOD);
            at = at.plus(new Vec3(Math.cos(heading), 0, Math.sin(heading)).times(SAMPLE));
        }
        return points;
    }

    private static SyntheticScene street(double length, Random random) {
        List<Surface> surfaces = new ArrayList<>();
        double margin = 60;
        surfaces.add(Parallelogram.level(new Vec3(length / 2, 0, 0), length + 2 * margin, length, solid(random)));
        List<Vec3> middle = middle(length);
        for (int side = -1; side <= 1; side += 2) {
            double at = 0;
            while (at < length) {
                double front = 5 + 7 * random.nextDouble();
                addHouse(surfaces, middle, at + front / 2, front, side, random);
                at += front + (random.nextInt(4) == 0 ? 3 : 0.3);
            }
        }
        for (double at = 2; at < length; at += 4 + 6 * random.nextDouble()) { // parked cars and posts
            int side = random.nextBoolean() ? 1 : -1;
            Vec3 size = random.nextBoolean() ? new Vec3(4, 1.4, 1.7) : new Vec3(0.3, 3, 0.3);
            surfaces.add(Box.standing(beside(middle, at, side * 4.5), size, -heading(middle, at), solid(random)));
        }
        Lighting lighting = Lighting.daylight()
                .withSun(new Vec3(0, -1, 0), Color.BLACK) // from below, so that shadows cost no time
                .withAmbient(new Color(0.9, 0.9, 0.9), new Color(0.5, 0.5, 0.5));
        return new SyntheticScene(surfaces, lighting, Optional.empty());
    }

    private static void addHouse(
            List<Surface> surfaces, List<Vec3> middle, double at, double front, int side, Random random) {
        double deep = 6;
        double height = 4 + 8 * random.nextDouble();
        double set = HALF_WIDTH + random.nextDouble();
        double yaw = -heading(middle, at);
        surfaces.add(Box.standing(
                beside(middle, at, side * (set + deep / 2)), new Vec3(front, height, deep), yaw, solid(random)));
        Vec3 bay = new Vec3(1 + random.nextDouble(), 2.2, 1.2);
        double along = at + (random.nextDouble() - 0.5) * (front - 2);
        surfaces.add(Box.standing(beside(middle, along, side * set), bay, yaw, solid(random)));
    }

    private static Vec3 beside(List<Vec3> middle, double at, double distance) {
        int i = index(middle, at);
        double heading = heading(middle, at);
        return middle.get(i).plus(new Vec3(-Math.sin(heading), 0, Math.cos(heading)).times(distance));
    }

    private static double heading(List<Vec3> middle, double at) {
        int i = index(middle, at);
        Vec3 along = middle.get(i + 1).minus(middle.get(i));
        return Math.atan2(along.z(), along.x());
    }

    private static int index(List<Vec3> middle, double at) {
        return (int) Math.max(0, Math.min(middle.size() - 2, Math.round(at / SAMPLE)));
    }

    private static Texture solid(Random random) {
        return new Texture.Solid(Color.srgb(random.nextInt(0x1000000)));
    }
}
