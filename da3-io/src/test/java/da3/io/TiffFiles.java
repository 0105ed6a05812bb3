package da3.io;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Creates and edits TIFF structures, the format of TIFF images and EXIF data. */
final class TiffFiles {

    private static final int SHORT = 3;
    private static final int LONG = 4;

    private TiffFiles() {}

    /** Returns EXIF data that contains only an orientation. */
    static byte[] orientation(int value, ByteOrder order) {
        ByteBuffer tiff = ByteBuffer.allocate(26).order(order);
        tiff.put((byte) (order == ByteOrder.LITTLE_ENDIAN ? 'I' : 'M')).put(tiff.get(0));
        tiff.putShort((short) 42).putInt(8);
        tiff.putShort((short) 1)
                .putShort((short) 0x0112)
                .putShort((short) SHORT)
                .putInt(1);
        tiff.putShort((short) value).putShort((short) 0).putInt(0);
        return tiff.array();
    }

    /** Replaces an existing entry of the first directory by a 32-bit value. */
    static void setLong(byte[] file, int tag, int value) {
        ByteBuffer tiff = ByteBuffer.wrap(file);
        tiff.order(file[0] == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        int directory = tiff.getInt(4);
        for (int i = 0; i < tiff.getShort(directory); i++) {
            int entry = directory + 2 + 12 * i;
            if (tiff.getShort(entry) == tag) {
                tiff.putShort(entry + 2, (short) LONG).putInt(entry + 8, value);
            }
        }
    }

    /** Changes the value of an existing entry of the first directory. */
    static void setTag(byte[] file, int tag, int value) {
        ByteBuffer tiff = ByteBuffer.wrap(file);
        tiff.order(file[0] == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        int directory = tiff.getInt(4);
        for (int i = 0; i < tiff.getShort(directory); i++) {
            int entry = directory + 2 + 12 * i;
            if (tiff.getShort(entry) == tag) {
                if (tiff.getShort(entry + 2) == SHORT) {
                    tiff.putShort(entry + 8, (short) value);
                } else {
                    tiff.putInt(entry + 8, value);
                }
                return;
            }
        }
        throw new IllegalArgumentException("the file has no tag " + tag);
    }
}
