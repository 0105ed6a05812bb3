package da3.cli;

import da3.geometry.Camera;
import da3.geometry.Intrinsics;
import da3.geometry.Pose;
import da3.geometry.View;
import da3.geometry.lens.Pinhole;
import da3.geometry.math.Vec3;
import da3.geometry.rig.Rig;
import da3.geometry.rig.RigCamera;
import da3.synthetic.CameraRig;
import da3.synthetic.RayCaster;
import da3.synthetic.RenderOptions;
import da3.synthetic.SampleScenes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Four cameras without overlap in a synthetic room. */
final class RigScene {

    static final int WIDTH = 84;
    static final int HEIGHT = 56;

    private static final Intrinsics INTRINSICS = CameraRig.lens(WIDTH, HEIGHT, Math.toRadians(70));

    private RigScene() {}

    /** Returns cameras that look to the front, right, back and left, 0.5 m from the center, in the frame of the first. */
    static Rig rig() {
        List<RigCamera> cameras = new ArrayList<>();
        List<String> names = List.of("front", "right", "back", "left");
        for (int i = 0; i < names.size(); i++) {
            double angle = Math.PI / 2 * i;
            Vec3 outward = new Vec3(Math.sin(angle), 0, -Math.cos(angle));
            Vec3 center = outward.times(0.5).plus(new Vec3(0, 1.2, 0));
            Pose pose = CameraRig.lookAt(center, center.plus(outward));
            cameras.add(new RigCamera(
                    names.get(i), pose, new Pinhole(INTRINSICS), Optional.of(new RigCamera.Size(WIDTH, HEIGHT))));
        }
        Rig ofWorld = new Rig(cameras);
        return ofWorld.inFrame(cameras.get(0).sensorFromRig());
    }

    /** Returns what the cameras see, in the order of the rig. */
    static List<View> views() {
        Pose rigFromWorld = CameraRig.lookAt(new Vec3(0, 1.2, -0.5), new Vec3(0, 1.2, -1.5));
        RayCaster caster = new RayCaster(SampleScenes.indoor(1));
        RenderOptions options = RenderOptions.defaults().withSamples(1).withThreads(1);
        return rig().poses(rigFromWorld).stream()
                .map(pose -> caster.render(new Camera(pose, INTRINSICS), WIDTH, HEIGHT, options)
                        .view())
                .toList();
    }
}
