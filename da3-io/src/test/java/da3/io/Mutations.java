package da3.io;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;

/**
 * Creates damaged copies of a sample file with one to four random edits. Equal samples and seeds result in equal
 * copies.
 */
public final class Mutations {

    private static final int MAX_EDITS = 4;
    private static final int MAX_RUN = 64;

    /** Extreme values of counts, offsets and floats. */
    private static final long[] NUMBERS = {
        0,
        1,
        -1,
        Byte.MAX_VALUE,
        Short.MAX_VALUE,
        1 << 16,
        1 << 30,
        Integer.MAX_VALUE,
        Integer.MIN_VALUE,
        0xffffffffL,
        1L << 32,
        Long.MAX_VALUE,
        Long.MIN_VALUE,
        Float.floatToRawIntBits(Float.NaN),
        Float.floatToRawIntBits(Float.POSITIVE_INFINITY),
        Double.doubleToRawLongBits(Double.NaN),
        Double.doubleToRawLongBits(Double.NEGATIVE_INFINITY)
    };

    private static final String[] WORDS = {
        "",
        "0",
        "-1",
        "-",
        "999999999",
        "2147483647",
        "2147483648",
        "9223372036854775807",
        "18446744073709551615",
        "99999999999999999999999",
        "1e999",
        "1e-999",
        "NaN",
        "Infinity",
        "null",
        "\"",
        "[]",
        "{}"
    };

    private final Random random;
    private byte[] bytes;

    private Mutations(byte[] sample, long seed) {
        random = new Random(seed);
        bytes = sample.clone();
    }

    /** Returns a damaged copy of the sample. */
    public static byte[] of(byte[] sample, long seed) {
        Mutations mutations = new Mutations(sample, seed);
        for (int edits = 1 + mutations.random.nextInt(MAX_EDITS); edits > 0; edits--) {
            mutations.edit();
        }
        return mutations.bytes;
    }

    private void edit() {
        int at = random.nextInt(bytes.length + 1);
        int run = Math.min(1 + random.nextInt(MAX_RUN), bytes.length - at);
        if (run == 0) {
            splice(at, at, randomBytes()); // at the end there are no bytes to change
            return;
        }
        switch (random.nextInt(8)) {
            case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(Byte.SIZE));
            case 1 -> bytes[at] = (byte) random.nextInt();
            case 2 -> splice(at, at, randomBytes());
            case 3 -> splice(at, at + run, new byte[0]);
            case 4 -> bytes = Arrays.copyOf(bytes, at);
            case 5 -> repeat(at, run);
            case 6 -> setNumber(at);
            default -> setWord(at);
        }
    }

    private byte[] randomBytes() {
        byte[] inserted = new byte[1 + random.nextInt(8)];
        random.nextBytes(inserted);
        return inserted;
    }

    private void repeat(int at, int run) {
        byte[] piece = Arrays.copyOfRange(bytes, at, at + run);
        for (int times = 1 + random.nextInt(4); times > 0; times--) {
            splice(at, at, piece);
        }
    }

    /** Overwrites 2, 4 or 8 bytes with a number, in either byte order. */
    private void setNumber(int at) {
        ByteOrder order = random.nextBoolean() ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
        long number = NUMBERS[random.nextInt(NUMBERS.length)];
        int width = 2 << random.nextInt(3);
        ByteBuffer buffer = ByteBuffer.allocate(Long.BYTES).order(order).putLong(number);
        int lowBytes = order == ByteOrder.LITTLE_ENDIAN ? 0 : Long.BYTES - width;
        System.arraycopy(buffer.array(), lowBytes, bytes, at, Math.min(width, bytes.length - at));
    }

    /** Replaces the next decimal number with a word, or inserts the word if no number follows. */
    private void setWord(int at) {
        int from = at;
        while (from < bytes.length && !isDigit(bytes[from])) {
            from++;
        }
        int to = from;
        while (to < bytes.length && isDigit(bytes[to])) {
            to++;
        }
        byte[] word = WORDS[random.nextInt(WORDS.length)].getBytes(StandardCharsets.US_ASCII);
        if (from == to) {
            splice(at, at, word);
        } else {
            splice(from, to, word);
        }
    }

    private static boolean isDigit(byte letter) {
        return letter >= '0' && letter <= '9';
    }

    /** Replaces the bytes from {@code from} (inclusive) to {@code to} (exclusive). */
    private void splice(int from, int to, byte[] replacement) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length + replacement.length);
        out.write(bytes, 0, from);
        out.writeBytes(replacement);
        out.write(bytes, to, bytes.length - to);
        bytes = out.toByteArray();
    }
}
