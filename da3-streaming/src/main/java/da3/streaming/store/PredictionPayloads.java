package da3.streaming.store;

import da3.geometry.Camera;
import da3.geometry.ScalarMap;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * The payloads of the segments of a part. Depth and confidence are exact, so that a merge has what one run would have.
 */
final class PredictionPayloads {

    private PredictionPayloads() {}

    static ByteBuffer frame(PredictedFrame frame) {
        byte[] name = frame.name().getBytes(StandardCharsets.UTF_8);
        int maps = frame.confidence().isPresent() ? 2 : 1;
        int floats = frame.descriptor().length + maps * frame.depth().values().length;
        ByteBuffer payload = Segment.buffer(Long.BYTES
                + Payloads.CAMERA_BYTES
                + 5 * Integer.BYTES
                + name.length
                + Math.multiplyExact(floats, Float.BYTES));
        payload.putLong(frame.source());
        Payloads.put(frame.camera(), payload);
        payload.putInt(name.length).put(name);
        payload.putInt(frame.descriptor().length);
        put(frame.descriptor(), payload);
        payload.putInt(frame.depth().width()).putInt(frame.depth().height()).putInt(maps);
        put(frame.depth().values(), payload);
        frame.confidence().ifPresent(confidence -> put(confidence.values(), payload));
        return payload.flip();
    }

    static PredictedFrame frame(ByteBuffer payload) {
        long source = payload.getLong();
        Camera camera = Payloads.camera(payload);
        byte[] name = new byte[payload.getInt()];
        payload.get(name);
        float[] descriptor = floats(payload, payload.getInt());
        int width = payload.getInt();
        int height = payload.getInt();
        int maps = payload.getInt();
        ScalarMap depth = new ScalarMap(width, height, floats(payload, width * height));
        Optional<ScalarMap> confidence = maps == 2
                ? Optional.of(new ScalarMap(width, height, floats(payload, width * height)))
                : Optional.empty();
        return new PredictedFrame(
                source, new String(name, StandardCharsets.UTF_8), camera, depth, confidence, descriptor);
    }

    /** Returns the end of the group of a window: its number and unit. */
    static ByteBuffer window(PredictedWindow window) {
        return Segment.buffer(Integer.BYTES + 1)
                .putInt(window.number())
                .put((byte) (window.metric() ? 1 : 0))
                .flip();
    }

    static PredictedWindow window(ByteBuffer payload, List<PredictedFrame> frames) {
        int number = payload.getInt();
        return new PredictedWindow(number, payload.get() != 0, frames);
    }

    private static void put(float[] values, ByteBuffer to) {
        to.asFloatBuffer().put(values);
        to.position(to.position() + Float.BYTES * values.length);
    }

    private static float[] floats(ByteBuffer from, int count) {
        float[] values = new float[count];
        from.asFloatBuffer().get(values);
        from.position(from.position() + Float.BYTES * count);
        return values;
    }
}
