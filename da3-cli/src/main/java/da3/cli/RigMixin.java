package da3.cli;

import da3.geometry.rig.Rig;
import da3.geometry.rig.RigCheck;
import da3.io.rig.NuScenesScene;
import da3.io.rig.RigFormat;
import da3.io.rig.RigImages;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/** The calibration of a rig. */
@HelpGroup.In(HelpGroup.INPUT)
final class RigMixin {

    /** The options that need {@code --rig}. */
    static final List<String> OTHERS = List.of("--rig-format", "--body-masks", "--scene");

    @Option(
            names = "--rig",
            paramLabel = "PATH",
            description = "Calibration of rigidly mounted cameras: rig_config.json of COLMAP, camchain.yaml of Kalibr, "
                    + "calib.txt or calib_cam_to_cam.txt of KITTI, or a folder with the tables of nuScenes or the "
                    + "CameraInfo files of ROS and tf_static.yaml.")
    private Path path;

    @Option(
            names = "--rig-format",
            paramLabel = "NAME",
            description = "Format of --rig: colmap, kalibr, nuscenes, kitti, ros. Default: by the names of files.")
    private String format;

    @Option(
            names = "--body-masks",
            paramLabel = "DIR",
            description =
                    "Folder with a mask CAMERA.png for each camera that sees the vehicle itself; black pixels are "
                            + "not used.")
    private Path masks;

    @Option(
            names = "--scene",
            paramLabel = "NAME",
            description =
                    "Scene of nuScenes, whose samples and poses of the vehicle are read from the tables in --rig. File "
                            + "names are relative to the folder of images.")
    private String scene;

    boolean isGiven() {
        return path != null;
    }

    /**
     * Reads the rig and finds its images; prints what seems to be wrong with the rig.
     *
     * @param images folder of images
     */
    RigSequence read(Path images, PrintWriter err) throws IOException {
        RigFormat known = format == null ? RigFormat.detect(path) : RigFormat.of(format);
        if (scene == null) {
            Rig rig = checked(known.read(path), err);
            return new RigSequence(rig, RigImages.list(images, rig), List.of());
        }
        if (known != RigFormat.NUSCENES) {
            throw new IllegalArgumentException("--scene requires the format nuscenes, got " + known.id());
        }
        NuScenesScene read = NuScenesScene.read(path, images, scene);
        return new RigSequence(checked(read.rig(), err), read.instants(), read.rigFromWorld());
    }

    private Rig checked(Rig rig, PrintWriter err) throws IOException {
        RigCheck.warnings(rig).forEach(warning -> err.println("da3: " + warning));
        err.flush();
        return masks == null ? rig : RigImages.withBodyMasks(rig, masks);
    }
}
