package da3.io.tiles;

import da3.geometry.PointCloud;
import java.io.IOException;
import java.util.Arrays;

/** Points in memory, 15 bytes each. */
final class MemoryPoints implements Points {

    private static final int INITIAL = 1024;

    private final Bounds bounds = new Bounds();
    private float[] positions = new float[3 * INITIAL];
    private byte[] colors = new byte[3 * INITIAL];
    private int size;

    @Override
    public void add(float x, float y, float z, int rgb) {
        int at = 3 * size;
        if (at == positions.length) {
            positions = Arrays.copyOf(positions, 2 * at);
            colors = Arrays.copyOf(colors, 2 * at);
        }
        positions[at] = x;
        positions[at + 1] = y;
        positions[at + 2] = z;
        colors[at] = (byte) (rgb >> 16);
        colors[at + 1] = (byte) (rgb >> 8);
        colors[at + 2] = (byte) rgb;
        bounds.include(x, y, z);
        size++;
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public void forEach(Receiver receiver) throws IOException {
        for (int i = 0; i < 3 * size; i += 3) {
            receiver.point(positions[i], positions[i + 1], positions[i + 2], rgb(colors, i));
        }
    }

    /** Returns the color whose channels begin at an index. */
    static int rgb(byte[] colors, int at) {
        return (colors[at] & 0xff) << 16 | (colors[at + 1] & 0xff) << 8 | colors[at + 2] & 0xff;
    }

    PointCloud cloud() {
        return new PointCloud(Arrays.copyOf(positions, 3 * size), Arrays.copyOf(colors, 3 * size));
    }

    @Override
    public Bounds bounds() {
        return bounds;
    }

    @Override
    public void close() {
        positions = new float[0];
        colors = new byte[0];
    }
}
