package da3.io.rig;

import da3.geometry.check.Check;
import da3.geometry.rig.Rig;
import da3.io.ExportDirectory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** The formats of calibrations of rigs. */
public enum RigFormat {
    /**
     * COLMAP's {@code rig_config.json}, with a camera model for each camera. The reference sensor is the frame of the
     * rig; names are image prefixes without the last slash.
     */
    COLMAP {
        @Override
        public Rig read(Path path) throws IOException {
            return ColmapRig.read(path);
        }

        @Override
        public void write(Rig rig, Path path) throws IOException {
            write(path, ColmapRig.text(rig));
        }
    },
    /**
     * Kalibr's {@code camchain.yaml}, whose {@code T_cn_cnm1} is relative to the camera before. The frame of the rig is
     * that of the IMU where all cameras have {@code T_cam_imu}, and otherwise that of {@code cam0}.
     */
    KALIBR {
        @Override
        public Rig read(Path path) throws IOException {
            return KalibrRig.read(path);
        }

        @Override
        public void write(Rig rig, Path path) throws IOException {
            write(path, KalibrRig.text(rig));
        }
    },
    /**
     * A folder with the tables {@code sensor.json} and {@code calibrated_sensor.json} of nuScenes, of one vehicle. The
     * frame of the rig is that of the vehicle ("ego"); names are channels.
     */
    NUSCENES {
        @Override
        public Rig read(Path path) throws IOException {
            return NuScenesRig.read(path);
        }

        @Override
        public void write(Rig rig, Path path) throws IOException {
            NuScenesRig.write(rig, path);
        }
    },
    /**
     * KITTI's {@code calib.txt} (odometry) or {@code calib_cam_to_cam.txt} (raw data): parallel rectified cameras in the
     * frame of camera 0, with the names {@code image_0} and so on, or {@code image_00}.
     */
    KITTI {
        @Override
        public Rig read(Path path) throws IOException {
            return KittiRig.read(path);
        }

        @Override
        public void write(Rig rig, Path path) throws IOException {
            write(path, KittiRig.text(rig));
        }
    },
    /**
     * A folder with a CameraInfo file of ROS for each camera, {@code NAME.yaml}, and the static transforms between their
     * frames in {@code tf_static.yaml}. The frame of the rig is the root of the transforms.
     */
    ROS {
        @Override
        public Rig read(Path path) throws IOException {
            return RosRig.read(path);
        }

        @Override
        public void write(Rig rig, Path path) throws IOException {
            RosRig.write(rig, path);
        }
    };

    /**
     * Reads a rig, without masks.
     *
     * @param path file, or folder of several files
     * @throws IOException if it cannot be read or is not a complete calibration; the message names the file
     */
    public abstract Rig read(Path path) throws IOException;

    /**
     * Writes a rig, without masks.
     *
     * @param path file, or folder of several files
     * @throws IOException if it cannot be written
     * @throws IllegalArgumentException if this format cannot represent the rig; the message says why
     */
    public abstract void write(Rig rig, Path path) throws IOException;

    /** Returns the name on the command line. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Returns the format of a name.
     *
     * @throws IllegalArgumentException if there is none; the message lists all names
     */
    public static RigFormat of(String id) {
        return Arrays.stream(values())
                .filter(format -> format.id().equalsIgnoreCase(id))
                .findFirst()
                .orElseThrow(() -> Check.invalid("format of a rig", "one of " + ids(), "'" + id + "'"));
    }

    /** Returns the names of all formats, separated by commas. */
    public static String ids() {
        return Arrays.stream(values()).map(RigFormat::id).collect(Collectors.joining(", "));
    }

    /**
     * Returns the format that a path seems to have by the names of its files.
     *
     * @throws NoSuchFileException if the path does not exist
     * @throws IOException if the names are those of no format
     */
    public static RigFormat detect(Path path) throws IOException {
        if (!Files.exists(path)) {
            throw new NoSuchFileException(path.toString(), null, "does not exist");
        }
        if (Files.exists(path.resolve(NuScenesRig.CALIBRATIONS))) {
            return NUSCENES;
        }
        if (Files.exists(path.resolve(RosRig.TRANSFORMS))) {
            return ROS;
        }
        String name = path.getFileName().toString().toLowerCase(Locale.ROOT);
        if (name.endsWith(".json")) {
            return COLMAP;
        }
        if (name.endsWith(".yaml") || name.endsWith(".yml")) {
            return KALIBR;
        }
        if (name.endsWith(".txt")) {
            return KITTI;
        }
        throw new RigFormatException(
                path,
                "no calibration of a rig: a .json file (COLMAP), a .yaml file (Kalibr), a .txt file (KITTI), or a folder"
                        + " with " + NuScenesRig.CALIBRATIONS + " (nuScenes) or " + RosRig.TRANSFORMS + " (ROS)");
    }

    static void write(Path file, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        ExportDirectory.open(file.toAbsolutePath().getParent())
                .write(file.getFileName().toString(), out -> out.write(bytes));
    }
}
