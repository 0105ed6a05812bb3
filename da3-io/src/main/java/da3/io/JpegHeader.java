package da3.io;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import javax.imageio.stream.ImageInputStream;

/**
 * The information in the segments before the pixels of a JPEG file.
 *
 * @param components 3 for color, 4 for CMYK and YCCK, 0 if no frame was found
 * @param ycck whether four components are stored as YCCK
 * @param exif offset of the TIFF structure of the EXIF data
 * @param profiles offsets of the markers of color profiles
 */
record JpegHeader(int components, boolean ycck, OptionalLong exif, List<Long> profiles) {

    private static final int SOF0 = 0xc0;
    private static final int SOF15 = 0xcf;
    private static final int DHT = 0xc4;
    private static final int JPG = 0xc8;
    private static final int DAC = 0xcc;
    private static final int RST0 = 0xd0;
    private static final int EOI = 0xd9;
    private static final int SOS = 0xda;
    private static final int APP1 = 0xe1;
    private static final int APP2 = 0xe2;
    private static final int APP14 = 0xee;
    private static final int APP15 = 0xef;
    private static final int TEM = 0x01;

    private static final int ADOBE_YCCK = 2;

    /** Bytes of a segment of a profile before its data: length, "ICC_PROFILE" and a zero, number and count of segments. */
    private static final int PROFILE_HEADER = 16;

    /** Offset of the number of the segment from the second byte of its marker. */
    private static final int PROFILE_NUMBER = 15;

    /** Reads the header from the start of the stream; damaged segments are ignored. */
    static JpegHeader read(ImageInputStream in) throws IOException {
        in.setByteOrder(ByteOrder.BIG_ENDIAN);
        in.seek(2);
        int components = 0;
        boolean ycck = false;
        OptionalLong exif = OptionalLong.empty();
        List<Long> profiles = new ArrayList<>();
        try {
            for (int marker = nextMarker(in); marker != SOS && marker != EOI; marker = nextMarker(in)) {
                if (marker == TEM || marker >= RST0 && marker < EOI) {
                    continue;
                }
                long start = in.getStreamPosition();
                int length = in.readUnsignedShort();
                if (marker >= SOF0 && marker <= SOF15 && marker != DHT && marker != JPG && marker != DAC) {
                    in.skipBytes(5);
                    components = in.readUnsignedByte();
                } else if (marker == APP1 && exif.isEmpty() && begins(in, "Exif\0\0")) {
                    exif = OptionalLong.of(in.getStreamPosition());
                } else if (marker == APP2 && begins(in, "ICC_PROFILE")) {
                    profiles.add(start - 1);
                } else if (marker == APP14 && begins(in, "Adobe")) {
                    in.skipBytes(6);
                    ycck = in.readUnsignedByte() == ADOBE_YCCK;
                }
                in.seek(start + Math.max(2, length));
            }
        } catch (EOFException e) {
            // The decoder reports it.
        }
        return new JpegHeader(components, ycck, exif, profiles);
    }

    /** Hides the color profiles from the decoder, which would apply them and fail on damaged ones. */
    void hideProfiles(WindowedImageInput file) {
        for (long marker : profiles) {
            file.replace(marker, APP15);
        }
    }

    /** Returns the color profile, joined from its segments; empty if there is none or a segment is damaged. */
    Optional<byte[]> profile(ImageInputStream in) throws IOException {
        SortedMap<Integer, byte[]> parts = new TreeMap<>();
        int size = 0;
        try {
            for (long marker : profiles) {
                in.seek(marker + 1);
                int length = in.readUnsignedShort() - PROFILE_HEADER;
                in.seek(marker + PROFILE_NUMBER);
                int number = in.readUnsignedByte();
                in.skipBytes(1); // the number of segments
                if (length <= 0 || size + length > IccProfiles.MAX_BYTES) {
                    return Optional.empty();
                }
                byte[] part = new byte[length];
                in.readFully(part);
                parts.put(number, part);
                size += length;
            }
        } catch (EOFException truncated) {
            return Optional.empty();
        }
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        parts.values().forEach(joined::writeBytes);
        return parts.isEmpty() ? Optional.empty() : Optional.of(joined.toByteArray());
    }

    private static int nextMarker(ImageInputStream in) throws IOException {
        int code = in.readUnsignedByte();
        while (code != 0xff) {
            code = in.readUnsignedByte();
        }
        while (code == 0xff) {
            code = in.readUnsignedByte();
        }
        return code;
    }

    private static boolean begins(ImageInputStream in, String text) throws IOException {
        byte[] bytes = new byte[text.length()];
        in.readFully(bytes);
        return new String(bytes, StandardCharsets.ISO_8859_1).equals(text);
    }
}
