package da3.server.tasks;

import da3.geometry.Camera;
import da3.geometry.Image;
import da3.geometry.Intrinsics;
import da3.geometry.Pose;
import da3.geometry.ScalarMap;
import da3.geometry.Scene;
import da3.geometry.View;
import da3.geometry.math.Mat3;
import da3.geometry.math.Vec3;
import da3.streaming.WindowPrediction;
import da3.streaming.WindowPredictor;
import da3.streaming.frame.Frame;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Predicts a wall that is two units away from a camera that moves to the right by 0.1 with each frame. */
public class FakeWindows implements WindowPredictor {

    private static final int SIDE = 14;

    @Override
    public String description() {
        return "a wall";
    }

    @Override
    public Frame prepare(Frame frame) {
        byte[] gray = new byte[3 * SIDE * SIDE];
        Arrays.fill(gray, (byte) 100);
        return frame.withImage(new Image(SIDE, SIDE, gray));
    }

    @Override
    public WindowPrediction predict(List<Frame> frames) {
        float[] depth = new float[SIDE * SIDE];
        Arrays.fill(depth, 2);
        float[] confidence = new float[SIDE * SIDE];
        Arrays.fill(confidence, 2);
        List<View> views = new ArrayList<>();
        for (Frame frame : frames) {
            Pose pose = new Pose(Mat3.IDENTITY, new Vec3(-0.1 * frame.number(), 0, 0));
            views.add(new View(
                    frame.image(),
                    new ScalarMap(SIDE, SIDE, depth),
                    Optional.of(new ScalarMap(SIDE, SIDE, confidence)),
                    Optional.of(new Camera(pose, new Intrinsics(SIDE, SIDE, SIDE / 2.0, SIDE / 2.0)))));
        }
        return new WindowPrediction(new Scene(views, Optional.empty(), false), List.of());
    }
}
