package da3.weights.config;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import da3.nn.WeightsException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads untrusted JSON files, with limits on size and depth and without duplicate keys. */
public final class LimitedJson {

    private static final int MAX_DEPTH = 32;

    private LimitedJson() {}

    /**
     * @throws com.fasterxml.jackson.core.JsonProcessingException if the file is not JSON, nested too deeply, or has
     *     duplicate keys
     * @throws WeightsException if the file is longer than {@code maxBytes}
     */
    public static JsonNode read(Path file, long maxBytes) throws IOException {
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes((int) maxBytes + 1);
        }
        if (bytes.length > maxBytes) {
            throw new WeightsException(file + " is longer than " + maxBytes + " bytes, the maximum");
        }
        JsonFactory factory = JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(MAX_DEPTH)
                        .build())
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .build();
        return JsonMapper.builder(factory)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .build()
                .readTree(bytes);
    }
}
