package da3.io.rig;

import da3.geometry.Pose;
import da3.geometry.check.Check;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Static transforms of ROS, which are a tree. Each has the pose of a child frame in its parent, with the scalar of the
 * quaternion last.
 *
 * @param file the file, for messages
 * @param parents names of parents by child
 * @param poses parent-from-child motions by child
 */
record RosFrames(Path file, Map<String, String> parents, Map<String, Pose> poses) {

    private static final List<String> SUFFIXES = List.of("", "_optical_frame", "_optical");

    static RosFrames read(Path file) throws IOException {
        RosFrames frames = new RosFrames(file, new HashMap<>(), new HashMap<>());
        for (Tree transform : Tree.yaml(file).get("transforms").elements()) {
            String child = name(transform.get("child_frame_id"));
            Tree motion = transform.get("transform");
            Tree t = motion.get("translation");
            Tree q = motion.get("rotation");
            double[] translation = {
                t.get("x").number(), t.get("y").number(), t.get("z").number()
            };
            Pose pose = motion.checked(() -> Rotations.scalarLast(
                    q.get("x").number(),
                    q.get("y").number(),
                    q.get("z").number(),
                    q.get("w").number(),
                    translation));
            if (frames.poses.put(child, pose) != null) {
                throw new RigFormatException(file, Check.message("transform to frame " + child, "given once", "two"));
            }
            frames.parents.put(child, name(transform.get("header").get("frame_id")));
        }
        return frames;
    }

    private static String name(Tree frame) throws RigFormatException {
        String name = frame.text();
        return name.startsWith("/") ? name.substring(1) : name;
    }

    /**
     * A frame in the tree.
     *
     * @param root the root of the tree
     * @param rootFromFrame motion from the frame to the root
     */
    record Placed(String root, Pose rootFromFrame) {}

    /**
     * Returns the frame of a camera.
     *
     * @throws RigFormatException if there is no such frame, or its transforms form a circle
     */
    Placed find(String camera) throws RigFormatException {
        String frame = SUFFIXES.stream()
                .map(suffix -> camera + suffix)
                .filter(poses::containsKey)
                .findFirst()
                .orElse(null);
        if (frame == null) {
            throw new RigFormatException(
                    file, "no transform to " + camera + ", " + camera + "_optical_frame or " + camera + "_optical");
        }
        Pose pose = Pose.IDENTITY;
        Set<String> visited = new HashSet<>();
        String at = frame;
        for (; poses.containsKey(at); at = parents.get(at)) {
            if (!visited.add(at)) {
                throw new RigFormatException(file, "the transforms of frame " + frame + " form a circle");
            }
            pose = poses.get(at).compose(pose);
        }
        return new Placed(at, pose);
    }
}
