package da3.evaluation.suite.dataset;

import da3.geometry.Camera;
import da3.geometry.Image;
import da3.geometry.Intrinsics;
import da3.geometry.Pose;
import da3.geometry.ScalarMap;
import da3.geometry.View;
import da3.io.Images;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The training sequences of MPI Sintel (Butler et al., 2012) in the final pass, with depth and cameras. Each image is a
 * scene. Depth counts up to 70 m, which leaves out the sky.
 */
final class Sintel implements DataSet {

    /** First number of depth and camera files. */
    private static final float TAG = 202021.25f;

    private static final double MAX_DEPTH = 70;
    private static final int MATRIX = 9;
    private static final int POSE = 12;

    private final DataSetFolder folder;

    /** Sequence and frame, such as {@code alley_1/frame_0001}, by scene. */
    private final Map<String, String> frames = new LinkedHashMap<>();

    /** @throws IOException if there is no image */
    Sintel(Path root) throws IOException {
        folder = new DataSetFolder(
                root, "SINTEL", "http://sintel.is.tue.mpg.de/downloads (images) and http://sintel.is.tue.mpg.de/depth");
        for (Path sequence : folder.list("training/final", "[a-z0-9_]+", "the sequences of the final pass")) {
            String name = sequence.getFileName().toString();
            for (Path image : folder.list("training/final/" + name, "frame_[0-9]{4}\\.png", "the images of " + name)) {
                String frame = image.getFileName().toString().replace(".png", "");
                frames.put(name + "-" + frame.replace("frame_", ""), name + "/" + frame);
            }
        }
    }

    @Override
    public String description() {
        return "SINTEL training, final pass, depth up to 70 m";
    }

    @Override
    public List<String> scenes() {
        return List.copyOf(frames.keySet());
    }

    @Override
    public SceneFiles open(String scene) {
        return SceneFiles.of(() -> load(frames.get(scene)));
    }

    private View load(String frame) throws IOException {
        Image image = Images.read(folder.file("training/final/" + frame + ".png", "an image"));
        Path depthFile = folder.file("training/depth/" + frame + ".dpt", "the depth of an image");
        ByteBuffer bytes = tagged(depthFile, 2 * Integer.BYTES);
        int width = bytes.getInt();
        int height = bytes.getInt();
        long expected = (long) Float.BYTES * width * height;
        if (width != image.width() || height != image.height() || bytes.remaining() != expected) {
            throw folder.malformed(
                    depthFile,
                    "must hold " + image.width() + "x" + image.height() + " floats, got " + width + "x" + height
                            + " in " + bytes.remaining() + " bytes");
        }
        float[] depth = new float[width * height];
        bytes.asFloatBuffer().get(depth);
        ScalarMap map = DepthRange.upTo(MAX_DEPTH).limit(new ScalarMap(width, height, depth));
        return Views.of(image, map, camera(frame));
    }

    /** A 3x3 matrix of intrinsics, for pixel centers at whole numbers, and a 3x4 world-to-camera pose. */
    private Camera camera(String frame) throws IOException {
        Path file = folder.file("training/camdata_left/" + frame + ".cam", "the camera of an image");
        ByteBuffer bytes = tagged(file, (MATRIX + POSE) * Double.BYTES);
        double[] matrix = new double[MATRIX];
        double[] pose = new double[POSE];
        bytes.asDoubleBuffer().get(matrix).get(pose);
        Intrinsics intrinsics = TextNumbers.intrinsics(folder, file, matrix).cropped(-0.5, -0.5);
        Pose worldToCamera = TextNumbers.pose(folder, file, pose);
        return new Camera(worldToCamera, intrinsics);
    }

    /** Reads a file that begins with the tag; the buffer is behind it. */
    private ByteBuffer tagged(Path file, int least) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        if (bytes.remaining() < Float.BYTES + least || bytes.getFloat() != TAG) {
            throw folder.malformed(
                    file, "must begin with the number " + TAG + " and have at least " + least + " bytes after it");
        }
        return bytes;
    }
}
