package da3.streaming;

import da3.geometry.Camera;
import da3.geometry.Pose;
import da3.geometry.rig.Rig;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The relation between the frames of a map and the nodes of its pose graph. A node is the pose of a rig at an instant,
 * world-to-rig; without a rig, it is the pose of the camera of a frame.
 *
 * @param sensors node-to-camera motions of the frames of a node
 */
record RigNodes(List<Pose> sensors) {

    static RigNodes of(Optional<Rig> rig) {
        return new RigNodes(rig.map(Rig::sensorsFromRig).orElse(List.of(Pose.IDENTITY)));
    }

    /** Returns the number of frames of a node. */
    int size() {
        return sensors.size();
    }

    /** Returns the number of the node of a frame. */
    int node(int frame) {
        return frame / size();
    }

    /** Returns the motion from the node of a frame to its camera. */
    Pose sensor(int frame) {
        return sensors.get(frame % size());
    }

    /** Returns the pose of the node of a frame whose camera has a world-to-camera pose. */
    Pose nodePose(int frame, Pose camera) {
        return sensor(frame).inverse().compose(camera);
    }

    /** Returns the pose of the node of each frame, from the cameras of all frames. */
    List<Pose> ofFrames(List<Camera> cameras) {
        List<Pose> nodes = new ArrayList<>();
        for (int frame = 0; frame < cameras.size(); frame++) {
            nodes.add(nodePose(frame, cameras.get(frame).pose()));
        }
        return nodes;
    }

    /** Returns the poses of all nodes, from those of the cameras of all frames. */
    List<Pose> nodePoses(List<Pose> cameras) {
        List<Pose> nodes = new ArrayList<>();
        for (int frame = 0; frame < cameras.size(); frame += size()) {
            nodes.add(nodePose(frame, cameras.get(frame)));
        }
        return nodes;
    }

    /** Returns the motion between nodes from that between cameras: from coordinates of {@code to} to {@code from}. */
    Pose motion(int from, int to, Pose ofCameras) {
        return sensor(from).inverse().compose(ofCameras).compose(sensor(to));
    }
}
