package da3.io.rig;

import da3.geometry.Pose;
import da3.geometry.check.Check;
import da3.geometry.rig.Rig;
import da3.geometry.rig.RigCamera;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A scene of nuScenes: its rig, and the images and poses of the vehicle at its samples. The cameras of a sample are exposed
 * up to 50 ms apart, which is ignored: a sample has the pose at which its first camera was exposed.
 *
 * @param rig cameras in the frame of the vehicle
 * @param instants images of the samples in order, named after their number
 * @param rigFromWorld poses of the vehicle ({@code ego_pose}, inverted), one for each sample
 */
public record NuScenesScene(Rig rig, List<RigImages> instants, List<Pose> rigFromWorld) {

    /**
     * Reads a scene.
     *
     * @param tables folder of the tables, such as {@code v1.0-mini}
     * @param images folder to which file names are relative
     * @param name name of the scene, such as {@code scene-0061}
     * @throws IOException if a table cannot be read, there is no such scene, or a sample lacks the image of a camera
     */
    public static NuScenesScene read(Path tables, Path images, String name) throws IOException {
        List<String> samples = samples(tables, name);
        Map<String, List<Tree>> exposures = new HashMap<>();
        samples.forEach(sample -> exposures.put(sample, new ArrayList<>()));
        Set<String> calibrations = new HashSet<>();
        Path dataFile = tables.resolve("sample_data.json");
        for (Tree data : Tree.json(dataFile).elements()) {
            List<Tree> ofSample = exposures.get(data.get("sample_token").text());
            if (ofSample != null && data.get("is_key_frame").flag()) {
                ofSample.add(data);
                calibrations.add(data.get("calibrated_sensor_token").text());
            }
        }
        NuScenesRig.Calibrations calibrated = NuScenesRig.read(tables, Optional.of(calibrations));
        Map<String, RigCamera.Size> sizes = new HashMap<>();
        List<RigImages> instants = new ArrayList<>();
        List<String> poseTokens = new ArrayList<>();
        for (String sample : samples) {
            Map<String, Tree> byCamera = new HashMap<>();
            for (Tree data : exposures.get(sample)) {
                byCamera.put(
                        calibrated
                                .names()
                                .get(data.get("calibrated_sensor_token").text()),
                        data);
            }
            List<Path> files = new ArrayList<>();
            for (RigCamera camera : calibrated.rig().cameras()) {
                Tree data = byCamera.get(camera.name());
                if (data == null) {
                    throw new RigFormatException(dataFile, "sample " + sample + " has no image of " + camera.name());
                }
                files.add(images.resolve(data.get("filename").text()));
                sizes.put(
                        camera.name(),
                        new RigCamera.Size(
                                data.get("width").integer(), data.get("height").integer()));
            }
            String first = calibrated.rig().cameras().get(0).name();
            poseTokens.add(byCamera.get(first).get("ego_pose_token").text());
            instants.add(new RigImages(String.format(Locale.ROOT, "%06d", instants.size()), files));
        }
        Rig rig = calibrated
                .rig()
                .mapped(camera -> new RigCamera(
                        camera.name(),
                        camera.sensorFromRig(),
                        camera.lens(),
                        Optional.ofNullable(sizes.get(camera.name()))));
        return new NuScenesScene(rig, List.copyOf(instants), poses(tables.resolve("ego_pose.json"), poseTokens));
    }

    /** Returns the tokens of the samples of a scene in order. */
    private static List<String> samples(Path tables, String name) throws IOException {
        Path file = tables.resolve("scene.json");
        String next = "";
        List<String> names = new ArrayList<>();
        for (Tree scene : Tree.json(file).elements()) {
            names.add(scene.get("name").text());
            if (scene.get("name").text().equals(name)) {
                next = scene.get("first_sample_token").text();
            }
        }
        if (next.isEmpty()) {
            throw new RigFormatException(
                    file, Check.message("name of a scene", "one of " + String.join(", ", names), name));
        }
        Map<String, String> following = new HashMap<>();
        for (Tree sample : Tree.json(tables.resolve("sample.json")).elements()) {
            following.put(sample.get("token").text(), sample.get("next").text());
        }
        List<String> samples = new ArrayList<>();
        while (!next.isEmpty() && samples.size() <= following.size()) {
            samples.add(next);
            next = following.getOrDefault(next, "");
        }
        return samples;
    }

    private static List<Pose> poses(Path file, List<String> tokens) throws IOException {
        Set<String> wanted = new HashSet<>(tokens);
        Map<String, Pose> poses = new HashMap<>();
        for (Tree pose : Tree.json(file).elements()) {
            String token = pose.get("token").text();
            if (wanted.contains(token)) {
                poses.put(token, NuScenesRig.pose(pose).inverse());
            }
        }
        List<Pose> inOrder = new ArrayList<>();
        for (String token : tokens) {
            if (!poses.containsKey(token)) {
                throw new RigFormatException(file, "no pose " + token);
            }
            inOrder.add(poses.get(token));
        }
        return inOrder;
    }
}
