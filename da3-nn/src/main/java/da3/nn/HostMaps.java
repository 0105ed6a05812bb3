package da3.nn;

import java.util.HashMap;
import java.util.Map;

/** The maps of all views on the host, downloaded chunk by chunk. */
final class HostMaps {

    private final Engine engine;
    private final int views;
    private final Map<String, float[]> byName = new HashMap<>();

    HostMaps(Engine engine, int views) {
        this.engine = engine;
        this.views = views;
    }

    /** Downloads the maps of views {@code from} to {@code to} and separates their channels. */
    void download(NetworkTensors chunk, int from, int to) {
        if (chunk.depth() != null && chunk.depth().size(-1) == 2) {
            float[] both = engine.download(chunk.depth());
            put("depth", from, to, channels(both, 2, 0, 1));
            put("confidence", from, to, plusOne(channels(both, 2, 1, 2)));
        } else if (chunk.depth() != null) {
            put("depth", from, to, engine.download(chunk.depth()));
        }
        if (chunk.rays() != null) {
            float[] all = engine.download(chunk.rays());
            put("rays", from, to, channels(all, DptConfig.RAY_CHANNELS, 0, 6));
            put("rayConfidence", from, to, plusOne(exp(channels(all, DptConfig.RAY_CHANNELS, 6, 7))));
        }
        if (chunk.sky() != null) {
            put("sky", from, to, engine.download(chunk.sky()));
        }
        if (chunk.objects() != null) {
            put("objects", from, to, engine.download(chunk.objects()));
        }
        if (chunk.gaussians() != null) {
            float[] raw = engine.download(chunk.gaussians());
            int channels = chunk.gaussians().size(-1);
            put("gaussians", from, to, channels(raw, channels, 0, channels - 1));
            put("densities", from, to, sigmoid(channels(raw, channels, channels - 1, channels)));
        }
    }

    private void put(String name, int from, int to, float[] values) {
        int size = values.length / (to - from);
        float[] all = byName.computeIfAbsent(name, n -> new float[views * size]);
        System.arraycopy(values, 0, all, from * size, values.length);
    }

    /** Returns an output with these maps; parameters as in {@link NetworkOutput}. */
    NetworkOutput with(
            float[] poseEncodings, Map<Integer, float[]> features, int referenceView, NetworkOutput.Trace trace) {
        return new NetworkOutput(
                byName.get("depth"),
                byName.get("confidence"),
                byName.get("sky"),
                byName.get("objects"),
                byName.get("rays"),
                byName.get("rayConfidence"),
                poseEncodings,
                byName.get("gaussians"),
                byName.get("densities"),
                features,
                referenceView,
                trace);
    }

    /** Returns channels {@code from} to {@code to} of interleaved values. */
    private static float[] channels(float[] values, int channels, int from, int to) {
        int count = to - from;
        float[] out = new float[values.length / channels * count];
        for (int i = 0, start = from; i < out.length; i += count, start += channels) {
            System.arraycopy(values, start, out, i, count);
        }
        return out;
    }

    private static float[] plusOne(float[] values) {
        for (int i = 0; i < values.length; i++) {
            values[i] += 1;
        }
        return values;
    }

    private static float[] exp(float[] values) {
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) Math.exp(values[i]);
        }
        return values;
    }

    private static float[] sigmoid(float[] values) {
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (1 / (1 + Math.exp(-values[i])));
        }
        return values;
    }
}
