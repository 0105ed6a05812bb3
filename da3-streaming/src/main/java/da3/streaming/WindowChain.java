package da3.streaming;

import da3.geometry.Camera;
import da3.geometry.Sim3;
import da3.geometry.View;
import da3.streaming.store.FrameInfo;
import da3.streaming.store.StoredFrame;
import da3.streaming.store.WindowInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The similarities from windows to the map: products of those between consecutive windows. */
final class WindowChain {

    private final List<Sim3> toMap = new ArrayList<>();

    WindowChain(List<WindowInfo> windows) {
        windows.forEach(this::add);
    }

    void add(WindowInfo window) {
        toMap.add(
                toMap.isEmpty()
                        ? window.toPrevious()
                        : toMap(window.number() - 1).compose(window.toPrevious()));
    }

    /** Returns the similarity from the frame of a window to that of the map. */
    Sim3 toMap(int window) {
        return toMap.get(window);
    }

    /** Returns the camera of a frame in the map. */
    Camera camera(FrameInfo frame) {
        Camera predicted = moved(frame.camera(), toMap(frame.window()));
        return frame.givenPose()
                .map(pose -> new Camera(pose, predicted.intrinsics()))
                .orElse(predicted);
    }

    /** Returns a stored frame as it was predicted, in the frame and unit of a window. */
    View viewInWindow(StoredFrame frame, int window) {
        int own = frame.info().window();
        if (own == window) {
            return frame.view();
        }
        Sim3 toWindow = toMap(window).inverse().compose(toMap(own));
        return new View(
                frame.image(),
                frame.depth().scaled(toWindow.scale()),
                Optional.of(frame.confidence()),
                Optional.of(moved(frame.info().camera(), toWindow)));
    }

    private static Camera moved(Camera camera, Sim3 similarity) {
        return new Camera(similarity.applyToPose(camera.pose()), camera.intrinsics());
    }
}
