package da3.streaming.store;

import da3.geometry.Camera;
import da3.geometry.Intrinsics;
import da3.geometry.Pose;
import da3.geometry.ScalarMap;
import da3.geometry.Sim3;
import da3.geometry.math.Mat3;
import da3.geometry.math.Vec3;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The payloads of the segments. */
final class Payloads {

    private static final int POSE_BYTES = 12 * Double.BYTES;
    private static final int INTRINSICS_BYTES = 4 * Double.BYTES;
    static final int CAMERA_BYTES = POSE_BYTES + INTRINSICS_BYTES;

    private Payloads() {}

    static ByteBuffer text(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    static String text(ByteBuffer payload) {
        return StandardCharsets.UTF_8.decode(payload).toString();
    }

    static ByteBuffer frame(StoredFrame frame, ColorCoding coding) throws IOException {
        ScalarMap depth = frame.depth();
        int pixels = depth.values().length;
        byte[] name = frame.info().name().getBytes(StandardCharsets.UTF_8);
        byte[] color = coding.encode(frame.image());
        int start = 2 * Long.BYTES
                + 2 * Integer.BYTES
                + CAMERA_BYTES
                + 1
                + POSE_BYTES
                + 1
                + INTRINSICS_BYTES
                + name.length
                + frame.descriptor().length * Float.BYTES;
        ByteBuffer payload = Segment.buffer(start + 5 * Integer.BYTES + pixels * 3 + color.length);
        FrameInfo info = frame.info();
        payload.putLong(info.source()).putDouble(info.seconds()).putInt(info.window());
        put(info.camera(), payload);
        payload.put((byte) (info.givenPose().isPresent() ? 1 : 0));
        info.givenPose().ifPresent(pose -> put(pose, payload));
        payload.put((byte) (info.givenIntrinsics().isPresent() ? 1 : 0));
        info.givenIntrinsics().ifPresent(k -> put(k, payload));
        payload.putInt(name.length).put(name);
        payload.putInt(frame.descriptor().length);
        for (float value : frame.descriptor()) {
            payload.putFloat(value);
        }
        payload.putInt(depth.width()).putInt(depth.height());
        LogDepth.encode(depth, payload);
        LogConfidence.encode(frame.confidence(), payload);
        payload.putInt(coding.ordinal()).putInt(color.length).put(color);
        return payload.flip();
    }

    /** Reads the start of the payload of a frame and leaves the buffer at its descriptor. */
    static FrameInfo frameInfo(ByteBuffer payload) {
        long source = payload.getLong();
        double seconds = payload.getDouble();
        int window = payload.getInt();
        Camera camera = camera(payload);
        Optional<Pose> pose = payload.get() != 0 ? Optional.of(pose(payload)) : Optional.empty();
        Optional<Intrinsics> intrinsics = payload.get() != 0 ? Optional.of(intrinsics(payload)) : Optional.empty();
        byte[] name = new byte[payload.getInt()];
        payload.get(name);
        return new FrameInfo(
                source, seconds, new String(name, StandardCharsets.UTF_8), window, camera, pose, intrinsics);
    }

    /** Reads the descriptor behind the start of the payload of a frame. */
    static float[] descriptor(ByteBuffer payload) {
        float[] descriptor = new float[payload.getInt()];
        for (int i = 0; i < descriptor.length; i++) {
            descriptor[i] = payload.getFloat();
        }
        return descriptor;
    }

    static StoredFrame frame(ByteBuffer payload) throws IOException {
        FrameInfo info = frameInfo(payload);
        float[] descriptor = descriptor(payload);
        int width = payload.getInt();
        int height = payload.getInt();
        ScalarMap depth = LogDepth.decode(payload, width, height);
        ScalarMap confidence = LogConfidence.decode(payload, width, height);
        ColorCoding coding = ColorCoding.values()[payload.getInt()];
        byte[] color = new byte[payload.getInt()];
        payload.get(color);
        return new StoredFrame(info, coding.decode(color, width, height), depth, confidence, descriptor);
    }

    static ByteBuffer window(WindowInfo window) {
        ByteBuffer payload = Segment.buffer(4 * Integer.BYTES
                + 1
                + 17 * Double.BYTES
                + CAMERA_BYTES * window.cameras().size());
        payload.putInt(window.number()).putInt(window.firstFrame()).putInt(window.overlap());
        payload.putDouble(window.depth()).put((byte) (window.metric() ? 1 : 0));
        Sim3 similarity = window.toPrevious();
        payload.putDouble(similarity.scale());
        put(new Pose(similarity.rotation(), similarity.translation()), payload);
        payload.putDouble(window.inliers()).putDouble(window.residual()).putDouble(window.scaleDeviation());
        payload.putInt(window.cameras().size());
        window.cameras().forEach(camera -> put(camera, payload));
        return payload.flip();
    }

    static WindowInfo window(ByteBuffer payload) {
        int number = payload.getInt();
        int firstFrame = payload.getInt();
        int overlap = payload.getInt();
        double depth = payload.getDouble();
        boolean metric = payload.get() != 0;
        double scale = payload.getDouble();
        Pose motion = pose(payload);
        double inliers = payload.getDouble();
        double residual = payload.getDouble();
        double deviation = payload.getDouble();
        List<Camera> cameras = new ArrayList<>();
        for (int count = payload.getInt(); count > 0; count--) {
            cameras.add(camera(payload));
        }
        Sim3 toPrevious = new Sim3(scale, motion.rotation(), motion.translation());
        return new WindowInfo(
                number, firstFrame, overlap, cameras, depth, metric, toPrevious, inliers, residual, deviation);
    }

    static ByteBuffer loop(LoopInfo loop) {
        ByteBuffer payload = Segment.buffer(2 * Integer.BYTES + Double.BYTES + 1 + POSE_BYTES);
        payload.putInt(loop.from()).putInt(loop.to()).putDouble(loop.scaleRatio());
        payload.put((byte) (loop.motion().isPresent() ? 1 : 0));
        loop.motion().ifPresent(motion -> put(motion, payload));
        return payload.flip();
    }

    static LoopInfo loop(ByteBuffer payload) {
        int from = payload.getInt();
        int to = payload.getInt();
        double ratio = payload.getDouble();
        return new LoopInfo(from, to, payload.get() != 0 ? Optional.of(pose(payload)) : Optional.empty(), ratio);
    }

    static void put(Camera camera, ByteBuffer to) {
        put(camera.pose(), to);
        put(camera.intrinsics(), to);
    }

    private static void put(Intrinsics k, ByteBuffer to) {
        to.putDouble(k.fx()).putDouble(k.fy()).putDouble(k.cx()).putDouble(k.cy());
    }

    static Camera camera(ByteBuffer from) {
        Pose pose = pose(from);
        return new Camera(pose, intrinsics(from));
    }

    private static Intrinsics intrinsics(ByteBuffer from) {
        double[] k = doubles(from, 4);
        return new Intrinsics(k[0], k[1], k[2], k[3]);
    }

    private static void put(Pose pose, ByteBuffer to) {
        for (double entry : pose.rotation().toArray()) {
            to.putDouble(entry);
        }
        to.putDouble(pose.translation().x())
                .putDouble(pose.translation().y())
                .putDouble(pose.translation().z());
    }

    private static Pose pose(ByteBuffer from) {
        Mat3 rotation = Mat3.of(doubles(from, 9), 0);
        double[] t = doubles(from, 3);
        return new Pose(rotation, new Vec3(t[0], t[1], t[2]));
    }

    private static double[] doubles(ByteBuffer from, int count) {
        double[] values = new double[count];
        for (int i = 0; i < count; i++) {
            values[i] = from.getDouble();
        }
        return values;
    }
}
