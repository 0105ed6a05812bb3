package da3.io.colmap;

import da3.geometry.Pose;
import da3.geometry.math.Quaternion;
import da3.geometry.math.Vec3;
import da3.io.ExportDirectory;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads and writes the binary format: {@code cameras.bin}, {@code images.bin} and {@code points3D.bin}. */
final class ColmapBinary {

    static final String EXTENSION = ".bin";

    /** Id, model, width, height and three parameters. */
    private static final int MIN_CAMERA_BYTES = 4 + 4 + 8 + 8 + 24;

    /** Id, quaternion, translation, camera, end of the name and number of observations. */
    private static final int MIN_IMAGE_BYTES = 4 + 32 + 24 + 4 + 1 + 8;

    private static final int OBSERVATION_BYTES = 8 + 8 + 8;

    /** Id, position, color, error and length of the track. */
    private static final int MIN_POINT_BYTES = 8 + 24 + 3 + 8 + 8;

    private static final int TRACK_ELEMENT_BYTES = 4 + 4;

    private ColmapBinary() {}

    static List<ColmapCamera> cameras(Path file) throws IOException {
        try (LittleEndianInput in = new LittleEndianInput(file)) {
            List<ColmapCamera> cameras = new ArrayList<>();
            for (int left = in.readCount("cameras", MIN_CAMERA_BYTES); left > 0; left--) {
                int id = in.readInt();
                int number = in.readInt();
                ColmapCameraModel model = ColmapCameraModel.numbered(number)
                        .orElseThrow(() -> ColmapFiles.unknownModel(file, id, ColmapCameraModel.nameOf(number)));
                int width = ColmapFiles.side(file, id, in.readLong());
                int height = ColmapFiles.side(file, id, in.readLong());
                cameras.add(ColmapFiles.camera(file, id, model, width, height, in.readDoubles(model.parameters())));
            }
            in.requireEnd();
            return cameras;
        }
    }

    static List<ColmapImage> images(Path file) throws IOException {
        try (LittleEndianInput in = new LittleEndianInput(file)) {
            List<ColmapImage> images = new ArrayList<>();
            for (int left = in.readCount("images", MIN_IMAGE_BYTES); left > 0; left--) {
                int id = in.readInt();
                double[] q = in.readDoubles(4); // w, x, y, z
                double[] t = in.readDoubles(3);
                int camera = in.readInt();
                String name = in.readName();
                int observations = in.readCount("observations", OBSERVATION_BYTES);
                double[] xy = new double[2 * observations];
                long[] points = new long[observations];
                for (int i = 0; i < observations; i++) {
                    xy[2 * i] = in.readDouble();
                    xy[2 * i + 1] = in.readDouble();
                    points[i] = in.readLong();
                }
                images.add(new ColmapImage(id, ColmapFiles.pose(file, id, q, t), camera, name, xy, points));
            }
            in.requireEnd();
            return images;
        }
    }

    static List<ColmapPoint> points(Path file) throws IOException {
        try (LittleEndianInput in = new LittleEndianInput(file)) {
            List<ColmapPoint> points = new ArrayList<>();
            for (int left = in.readCount("points", MIN_POINT_BYTES); left > 0; left--) {
                long id = in.readLong();
                Vec3 position = new Vec3(in.readDouble(), in.readDouble(), in.readDouble());
                byte[] rgb = {(byte) in.readByte(), (byte) in.readByte(), (byte) in.readByte()};
                double error = in.readDouble();
                int length = in.readCount("track elements", TRACK_ELEMENT_BYTES);
                int[] images = new int[length];
                int[] observations = new int[length];
                for (int i = 0; i < length; i++) {
                    images[i] = in.readInt();
                    observations[i] = in.readInt();
                }
                points.add(new ColmapPoint(id, position, rgb, error, images, observations));
            }
            in.requireEnd();
            return points;
        }
    }

    static ExportDirectory.Content cameras(ColmapModel model) {
        return out -> {
            write(out, buffer(8).putLong(model.cameras().size()));
            for (ColmapCamera camera : model.cameras()) {
                ByteBuffer entry = buffer(MIN_CAMERA_BYTES + 8 * camera.parameters().length)
                        .putInt(camera.id())
                        .putInt(camera.model().ordinal())
                        .putLong(camera.width())
                        .putLong(camera.height());
                for (double parameter : camera.parameters()) {
                    entry.putDouble(parameter);
                }
                write(out, entry);
            }
        };
    }

    static ExportDirectory.Content images(ColmapModel model) {
        return out -> {
            write(out, buffer(8).putLong(model.images().size()));
            for (ColmapImage image : model.images()) {
                byte[] name = image.name().getBytes(StandardCharsets.UTF_8);
                Pose pose = image.pose();
                Quaternion q = Quaternion.ofMatrix(pose.rotation());
                write(
                        out,
                        buffer(MIN_IMAGE_BYTES + name.length)
                                .putInt(image.id())
                                .putDouble(q.w())
                                .putDouble(q.x())
                                .putDouble(q.y())
                                .putDouble(q.z())
                                .putDouble(pose.translation().x())
                                .putDouble(pose.translation().y())
                                .putDouble(pose.translation().z())
                                .putInt(image.camera())
                                .put(name)
                                .put((byte) 0)
                                .putLong(image.points().length));
                for (int i = 0; i < image.points().length; i++) {
                    write(
                            out,
                            buffer(OBSERVATION_BYTES)
                                    .putDouble(image.xy()[2 * i])
                                    .putDouble(image.xy()[2 * i + 1])
                                    .putLong(image.points()[i]));
                }
            }
        };
    }

    static ExportDirectory.Content points(ColmapModel model) {
        return out -> {
            write(out, buffer(8).putLong(model.points().size()));
            for (ColmapPoint point : model.points()) {
                int length = point.images().length;
                ByteBuffer entry = buffer(MIN_POINT_BYTES + TRACK_ELEMENT_BYTES * length)
                        .putLong(point.id())
                        .putDouble(point.position().x())
                        .putDouble(point.position().y())
                        .putDouble(point.position().z())
                        .put(point.rgb())
                        .putDouble(point.error())
                        .putLong(length);
                for (int i = 0; i < length; i++) {
                    entry.putInt(point.images()[i]).putInt(point.observations()[i]);
                }
                write(out, entry);
            }
        };
    }

    private static ByteBuffer buffer(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static void write(OutputStream out, ByteBuffer entry) throws IOException {
        out.write(entry.array(), 0, entry.position());
    }
}
