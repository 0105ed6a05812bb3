package da3.weights;

import da3.weights.safetensors.DType;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Creates sparse files of zeros, which take almost no space. */
final class SparseFiles {

    private SparseFiles() {}

    /** Writes a valid safetensors file with tensors in the order of the map. */
    static Path write(Path file, DType dtype, Map<String, long[]> shapes) throws IOException {
        return write(file, dtype, shapes, "{}");
    }

    /** @param metadata JSON of the header's free texts */
    static Path write(Path file, DType dtype, Map<String, long[]> shapes, String metadata) throws IOException {
        List<String> entries = new ArrayList<>(List.of("\"__metadata__\":" + metadata));
        long offset = 0;
        for (Map.Entry<String, long[]> tensor : shapes.entrySet()) {
            long end = offset + dtype.bytes() * Arrays.stream(tensor.getValue()).reduce(1, Math::multiplyExact);
            entries.add("\"%s\":{\"dtype\":\"%s\",\"shape\":%s,\"data_offsets\":[%d,%d]}"
                    .formatted(tensor.getKey(), dtype, Arrays.toString(tensor.getValue()), offset, end));
            offset = end;
        }
        return raw(file, "{" + String.join(",", entries) + "}", offset);
    }

    /** Writes a header followed by zeros. */
    static Path raw(Path file, String header, long dataBytes) throws IOException {
        byte[] json = header.getBytes(StandardCharsets.UTF_8);
        ByteBuffer start = ByteBuffer.allocate(Long.BYTES + json.length).order(ByteOrder.LITTLE_ENDIAN);
        Files.write(file, start.putLong(json.length).put(json).array());
        resize(file, Long.BYTES + json.length + dataBytes);
        return file;
    }

    static void resize(Path file, long bytes) throws IOException {
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength(bytes);
        }
    }
}
