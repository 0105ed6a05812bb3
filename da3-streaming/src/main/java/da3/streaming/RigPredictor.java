package da3.streaming;

import da3.geometry.Camera;
import da3.geometry.DegenerateGeometryException;
import da3.geometry.Pose;
import da3.geometry.Scene;
import da3.geometry.View;
import da3.geometry.rig.Rig;
import da3.geometry.rig.RigFit;
import da3.streaming.frame.Frame;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Predicts windows of a rig in meters. The network is given the poses of the first instant of a window, unless others are
 * known. The rig is then fitted to the predicted cameras, which gives each instant one pose and the window its scale.
 *
 * @param network predictor of the views
 */
record RigPredictor(WindowPredictor network, Rig rig) implements WindowPredictor {

    @Override
    public String description() {
        return network.description();
    }

    @Override
    public Frame prepare(Frame frame) {
        return network.prepare(frame);
    }

    @Override
    public List<float[]> describe(List<Frame> frames) {
        return network.describe(frames);
    }

    /**
     * Predicts whole instants.
     *
     * @throws DegenerateGeometryException if the predicted cameras determine no scale; the message names the frames
     */
    @Override
    public WindowPrediction predict(List<Frame> frames) {
        WindowPrediction predicted = network.predict(posed(frames)).requireViews(frames.size());
        if (!predicted.scaled()) {
            throw noScale(frames, "the predicted distances between its cameras are noise relative to depth");
        }
        List<View> views = predicted.scene().views();
        RigFit fit;
        try {
            fit = RigFit.of(
                    rig,
                    views.stream()
                            .map(view -> view.camera().orElseThrow().pose())
                            .toList());
        } catch (DegenerateGeometryException e) {
            throw noScale(frames, e.getMessage());
        }
        List<View> fitted = new ArrayList<>();
        for (int i = 0; i < views.size(); i++) {
            View view = views.get(i);
            Pose rigFromWorld = fit.rigFromWorld().get(i / rig.size());
            Pose pose = rig.cameras().get(i % rig.size()).sensorFromRig().compose(rigFromWorld);
            fitted.add(new View(
                    view.image(),
                    view.depth().scaled(fit.scale()),
                    view.confidence(),
                    Optional.of(new Camera(pose, view.camera().orElseThrow().intrinsics())),
                    view.sky()));
        }
        return new WindowPrediction(new Scene(fitted, Optional.empty(), true), predicted.descriptors());
    }

    private static DegenerateGeometryException noScale(List<Frame> frames, String reason) {
        return new DegenerateGeometryException("the window from "
                + frames.get(0).name() + " to " + frames.get(frames.size() - 1).name() + " has no scale: " + reason);
    }

    /** Gives the first instant the poses of the rig if no frame has a pose. */
    private List<Frame> posed(List<Frame> frames) {
        if (frames.stream().anyMatch(frame -> frame.pose().isPresent())) {
            return frames;
        }
        List<Frame> posed = new ArrayList<>(frames);
        for (int c = 0; c < rig.size(); c++) {
            posed.set(c, frames.get(c).withPose(rig.cameras().get(c).sensorFromRig()));
        }
        return posed;
    }
}
