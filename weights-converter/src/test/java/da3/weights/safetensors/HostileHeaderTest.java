package da3.weights.safetensors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Malicious and random headers. */
class HostileHeaderTest {

    private static final int HEADER_BYTES = 100_000_000;

    private static final String SOUND = "{\"__metadata__\":{\"format\":\"pt\",\"x\":\"y\"},"
            + "\"model.a\":{\"dtype\":\"F32\",\"shape\":[2,3],\"data_offsets\":[0,24]},"
            + "\"model.b\":{\"dtype\":\"BF16\",\"shape\":[4],\"data_offsets\":[24,32]},"
            + "\"model.c\":{\"dtype\":\"I64\",\"shape\":[],\"data_offsets\":[32,40]}}";

    /** Bytes that are likely to form valid tokens, so that mutants are parsed further. */
    private static final byte[] LIKELY = "{}[]\":,0123456789-.eE \\untlf_dshapeFBIU".getBytes(StandardCharsets.UTF_8);

    /** A large invalid header is rejected with a fraction of its size in memory. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"                                                            | a",
                "{\"a\":                                                        | [",
                "{\"a\":                                                        | {\"a\":",
                "{\"a\":{\"dtype\":\"                                           | F",
                "{\"a\":{\"shape\":[0                                           | ,0",
                "{\"a\":{\"shape\":[                                            | 9",
                "{\"a\":{\"shape\":                                             | [",
                "{\"__metadata__\":{\"a\":\"                                    | \\u0000",
                "{                                                              | ` `",
            })
    void invalidHeadersTakeLittleMemory(String begin, String repeated) throws IOException {
        long before = allocated();
        assertThatThrownBy(() -> SafetensorsHeader.parse(new Repeated(begin, repeated), 8, "file"))
                .isInstanceOf(SafetensorsException.class)
                .satisfies(e -> assertThat(e.getMessage().length()).isLessThan(1000));
        assertThat(allocated() - before).isLessThan(16 << 20);
    }

    @Test
    void theNumberOfTensorsIsLimited() {
        StringBuilder json = new StringBuilder("{");
        for (int i = 0; i <= SafetensorsHeader.MAX_TENSORS; i++) {
            json.append(i == 0 ? "" : ",")
                    .append('"')
                    .append(i)
                    .append("\":{\"dtype\":\"U8\",\"shape\":[0],\"data_offsets\":[0,0]}");
        }
        byte[] header = json.append('}').toString().getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> SafetensorsHeader.parse(header, 0, "file"))
                .isInstanceOf(SafetensorsException.class)
                .hasMessageContaining("more than 100000 tensors");
    }

    @Test
    void rejectsControlCharactersInNames() {
        String header = "{\"\\u001b[2J\":{\"dtype\":\"U8\",\"shape\":[0],\"data_offsets\":[0,0]}}";
        assertThatThrownBy(() -> SafetensorsHeader.parse(header.getBytes(StandardCharsets.UTF_8), 0, "file"))
                .isInstanceOf(SafetensorsException.class)
                .hasMessageContaining("?[2J")
                .hasMessageContaining("control characters");
    }

    @Test
    void rejectsOtherEncodings() throws IOException {
        byte[] sound = SOUND.getBytes(StandardCharsets.UTF_8);
        assertThat(SafetensorsHeader.parse(sound, 40, "file").tensors()).hasSize(3);
        byte[] wide = SOUND.getBytes(StandardCharsets.UTF_16BE);
        assertThatThrownBy(() -> SafetensorsHeader.parse(wide, 40, "file")).isInstanceOf(SafetensorsException.class);
        sound[SOUND.indexOf("model.a")] = (byte) 0xff;
        assertThatThrownBy(() -> SafetensorsHeader.parse(sound, 40, "file")).hasMessageContaining("not UTF-8");
    }

    /** Mutated headers are either read or rejected. */
    @Test
    void readsOrRejectsMutants() throws IOException {
        Random random = new Random(11);
        int read = 0;
        int wrong = 0;
        long before = allocated();
        for (int i = 0; i < 100_000; i++) {
            byte[] mutant = mutant(random);
            try {
                SafetensorsHeader header = SafetensorsHeader.parse(mutant, 40, "file");
                long bytes = header.tensors().values().stream()
                        .mapToLong(tensor -> tensor.elements() * tensor.dtype().bytes())
                        .sum();
                wrong += bytes == 40 ? 0 : 1;
                read++;
            } catch (SafetensorsException refused) {
                wrong += refused.getMessage().startsWith("file") ? 0 : 1;
            }
        }
        assertThat(wrong).isZero();
        assertThat(read).isBetween(1000, 50_000);
        assertThat((allocated() - before) / 100_000).isLessThan(100_000);
    }

    private static byte[] mutant(Random random) {
        byte[] bytes = SOUND.getBytes(StandardCharsets.UTF_8);
        for (int edits = 1 + random.nextInt(3); edits > 0; edits--) {
            int at = random.nextInt(bytes.length);
            switch (random.nextInt(6)) {
                case 0 -> bytes[at] = (byte) random.nextInt();
                case 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                case 2 -> bytes = Arrays.copyOf(bytes, at + 1);
                case 3 -> { // a range is copied over another
                    int from = random.nextInt(bytes.length);
                    int count = Math.min(random.nextInt(40), bytes.length - Math.max(at, from));
                    System.arraycopy(bytes, from, bytes, at, count);
                }
                default -> bytes[at] = LIKELY[random.nextInt(LIKELY.length)];
            }
        }
        return bytes;
    }

    private static long allocated() {
        return ((ThreadMXBean) ManagementFactory.getThreadMXBean())
                .getThreadAllocatedBytes(Thread.currentThread().getId());
    }

    /** A stream of a prefix followed by a repeated text. */
    private static final class Repeated extends InputStream {
        private final byte[] begin;
        private final byte[] repeated;
        private int at;

        Repeated(String begin, String repeated) {
            this.begin = begin.getBytes(StandardCharsets.UTF_8);
            this.repeated = repeated.getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public int read() {
            if (at >= HEADER_BYTES) {
                return -1;
            }
            int value = at < begin.length ? begin[at] : repeated[(at - begin.length) % repeated.length];
            at++;
            return value;
        }

        @Override
        public int read(byte[] into, int offset, int length) {
            if (repeated.length == 1 && at >= begin.length) {
                int most = Math.min(length, HEADER_BYTES - at);
                Arrays.fill(into, offset, offset + most, repeated[0]);
                at += most;
                return most == 0 ? -1 : most;
            }
            int count = 0;
            for (int next; count < length && (next = read()) >= 0; count++) {
                into[offset + count] = (byte) next;
            }
            return count == 0 ? -1 : count;
        }
    }
}
