package da3.synthetic;

import da3.geometry.Camera;
import da3.geometry.Pose;
import da3.geometry.math.Mat3;
import da3.geometry.math.Vec3;
import da3.synthetic.layout.Layout;
import da3.synthetic.layout.RandomDraws;
import da3.synthetic.solid.SolidCaster;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Draws random cameras in a layout. */
final class CameraDraw {

    private static final int ROWS = 14;
    private static final int COLUMNS = 21;
    /** Above the promised half, because the preview samples only some pixels. */
    private static final double MIN_OVERLAP = 0.56;

    private static final double MIN_VALID = 0.6;
    /** Attempts for each view after the first one. */
    private static final int ATTEMPTS = 30;

    /** Factor by which each attempt reduces the motion relative to the first view. */
    private static final double MOTION_DECAY = 0.92;

    private final RandomDraws draw;
    private final SolidCaster caster;
    private final Layout layout;
    private final CameraMotion motion;
    private Rig rig; // null until a first view was found

    /** What later views have in common with the first one. */
    private record Rig(SceneGenerator.ShotPlan first, double mean, double baseline, double roll, boolean zoom) {}

    CameraDraw(RandomDraws draw, SolidCaster caster, Layout layout, CameraMotion motion) {
        this.draw = draw;
        this.caster = caster;
        this.layout = layout;
        this.motion = motion;
    }

    /** Returns the views; empty if no good camera was found for one of them. */
    Optional<List<SceneGenerator.ShotPlan>> plans(int views) {
        double fieldOfView = Math.toRadians(draw.uniform(40, 90));
        Vec3 ahead = layout.target().minus(layout.eye());
        if (ahead.norm() < 1e-3) {
            return Optional.empty();
        }
        double roll = Math.toRadians(draw.chance(0.5) ? draw.uniform(-5, 5) : draw.uniform(-25, 25));
        SceneGenerator.ShotPlan first = plan(layout.eye(), ahead, roll, fieldOfView);
        double mean = mean(first.preview());
        if (!isGood(first, mean) || first.preview().depth()[ROWS / 2 * COLUMNS + COLUMNS / 2] < 0.2 * mean) {
            return Optional.empty();
        }
        double baseline = draw.chance(motion.rotationOnly())
                ? 0
                : draw.uniform(motion.minBaseline(), motion.maxBaseline()) * mean;
        rig = new Rig(first, mean, baseline, roll, draw.chance(0.2));
        List<SceneGenerator.ShotPlan> plans = new ArrayList<>(List.of(first));
        while (plans.size() < views) {
            Optional<SceneGenerator.ShotPlan> next = nextView();
            if (next.isEmpty()) {
                return Optional.empty();
            }
            plans.add(next.get());
        }
        return Optional.of(plans);
    }

    /** Returns another view that overlaps the first one sufficiently; empty if none was found. */
    Optional<SceneGenerator.ShotPlan> nextView() {
        SceneGenerator.ShotPlan first = rig.first();
        double mean = rig.mean();
        double baseline = rig.baseline();
        double minFieldOfView = Math.toRadians(40);
        double maxFieldOfView = Math.toRadians(90);
        Mat3 toWorld = first.pose().rotation().transpose();
        double share = 1; // of the usual motion
        for (int attempt = 0; attempt < ATTEMPTS; attempt++, share *= MOTION_DECAY) {
            Vec3 step = draw.direction().times(share * baseline * draw.uniform(0.3, 1));
            Vec3 eye = layout.eye().plus(step);
            // Cameras mostly keep looking at the target of the first one, plus a random rotation.
            double follow = baseline == 0 ? 0 : draw.uniform(motion.minFollow(), 1);
            Vec3 ahead = toWorld.column(2).times(mean).minus(step.times(follow));
            double swing = share * (baseline == 0 ? 0.9 : 0.5) * first.fieldOfView() * mean;
            ahead = ahead.plus(toWorld.column(0).times(swing * draw.uniform(-0.5, 0.5)))
                    .plus(toWorld.column(1).times(swing * draw.uniform(-0.35, 0.35)));
            double fieldOfView = rig.zoom()
                    ? Math.max(minFieldOfView, Math.min(maxFieldOfView, first.fieldOfView() * draw.uniform(0.8, 1.25)))
                    : first.fieldOfView();
            double viewRoll = rig.roll() + share * Math.toRadians(draw.uniform(-15, 15));
            SceneGenerator.ShotPlan plan = plan(eye, ahead, viewRoll, fieldOfView);
            if (isGood(plan, mean) && overlap(plan, first) >= MIN_OVERLAP) {
                return Optional.of(plan);
            }
        }
        return Optional.empty();
    }

    private double overlap(SceneGenerator.ShotPlan plan, SceneGenerator.ShotPlan first) {
        return Overlap.share(caster, plan.preview().depth(), camera(plan), camera(first), ROWS, COLUMNS);
    }

    private static Camera camera(SceneGenerator.ShotPlan plan) {
        return new RandomScene.Shot(plan.pose(), plan.fieldOfView(), null).camera(ROWS, COLUMNS);
    }

    private SceneGenerator.ShotPlan plan(Vec3 eye, Vec3 ahead, double roll, double fieldOfView) {
        Pose pose = looking(eye, ahead, roll);
        Camera camera = new RandomScene.Shot(pose, fieldOfView, null).camera(ROWS, COLUMNS);
        return new SceneGenerator.ShotPlan(pose, fieldOfView, caster.preview(camera, ROWS, COLUMNS));
    }

    /** Returns a world-to-camera pose that looks ahead with a roll around the axis. */
    private static Pose looking(Vec3 eye, Vec3 ahead, double roll) {
        Vec3 z = ahead.times(1 / ahead.norm());
        Vec3 x = z.cross(new Vec3(0, 1, 0));
        // Any direction is to the right of a vertical axis.
        x = x.norm() < 1e-6 ? new Vec3(1, 0, 0) : x.times(1 / x.norm());
        Vec3 y = z.cross(x);
        double c = StrictMath.cos(roll);
        double s = StrictMath.sin(roll);
        Vec3 right = x.times(c).plus(y.times(s));
        Vec3 down = y.times(c).minus(x.times(s));
        Mat3 toCamera = Mat3.ofColumns(right, down, z).transpose();
        return new Pose(toCamera, toCamera.times(eye).times(-1));
    }

    /** Returns whether the camera is outside all solids, has no object close in front, and sees mostly no sky. */
    private boolean isGood(SceneGenerator.ShotPlan plan, double mean) {
        Vec3 eye = plan.pose().cameraCenter();
        double margin = 0.05 * mean;
        for (int i = 1; i < layout.solids().size(); i++) {
            if (layout.solids().get(i).contains(eye, margin)) {
                return false;
            }
        }
        int valid = 0;
        int near = 0;
        for (float depth : plan.preview().depth()) {
            valid += depth > 0 ? 1 : 0;
            near += depth > 0 && depth < 0.15 * mean ? 1 : 0;
        }
        return valid >= MIN_VALID * ROWS * COLUMNS && near <= 0.02 * ROWS * COLUMNS;
    }

    private static double mean(SolidCaster.Preview preview) {
        double sum = 0;
        int valid = 0;
        for (float depth : preview.depth()) {
            sum += depth;
            valid += depth > 0 ? 1 : 0;
        }
        return valid == 0 ? 0 : sum / valid;
    }
}
