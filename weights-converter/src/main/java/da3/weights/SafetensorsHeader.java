package da3.weights;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The JSON part of a safetensors file, checked strictly: every byte of the data belongs to exactly one tensor.
 *
 * @param tensors in the header's order
 * @param metadata empty where the file has none
 */
record SafetensorsHeader(Map<String, TensorInfo> tensors, Map<String, String> metadata) {

    static final String METADATA = "__metadata__";

    /**
     * @param json the header's bytes
     * @param dataBytes length of what follows the header
     * @param file how errors name the file
     */
    static SafetensorsHeader parse(byte[] json, long dataBytes, String file) throws SafetensorsException {
        JsonNode root = tree(json, file);
        Map<String, TensorInfo> tensors = new LinkedHashMap<>();
        Map<String, String> metadata = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> field : root.properties()) {
            if (field.getKey().equals(METADATA)) {
                readMetadata(field.getValue(), metadata, file);
            } else {
                tensors.put(field.getKey(), tensor(field.getKey(), field.getValue(), dataBytes, file));
            }
        }
        requireSeamless(tensors, dataBytes, file);
        return new SafetensorsHeader(Collections.unmodifiableMap(tensors), Collections.unmodifiableMap(metadata));
    }

    private static JsonNode tree(byte[] json, String file) throws SafetensorsException {
        // Decoded by hand since Jackson would also accept UTF-16 and UTF-32.
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(json))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new SafetensorsException(file + ": the header is not UTF-8", e);
        }
        if (!text.startsWith("{")) {
            throw new SafetensorsException(file + ": the header does not begin with {");
        }
        JsonMapper mapper = JsonMapper.builder(JsonFactory.builder()
                        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                        .build())
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .build();
        try {
            return mapper.readTree(text);
        } catch (JsonProcessingException e) {
            throw new SafetensorsException(file + ": the header is not JSON: " + e.getOriginalMessage(), e);
        }
    }

    private static void readMetadata(JsonNode node, Map<String, String> into, String file) throws SafetensorsException {
        if (!node.isObject()) {
            throw new SafetensorsException(file + ": " + METADATA + " is not an object");
        }
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            if (!field.getValue().isTextual()) {
                throw new SafetensorsException(file + ": " + METADATA + " has " + field.getValue() + " at "
                        + field.getKey() + "; legal: text");
            }
            into.put(field.getKey(), field.getValue().textValue());
        }
    }

    private static TensorInfo tensor(String name, JsonNode node, long dataBytes, String file)
            throws SafetensorsException {
        String where = file + ": tensor " + name;
        if (!node.isObject() || node.size() != 3) {
            throw new SafetensorsException(where + " is described by " + node + "; legal: dtype, shape, data_offsets");
        }
        DType dtype;
        try {
            dtype = DType.of(node.path("dtype").asText());
        } catch (IllegalArgumentException e) {
            throw new SafetensorsException(where + " has " + e.getMessage(), e);
        }
        long[] shape = naturals(node.path("shape"), where + " has shape ");
        long[] offsets = naturals(node.path("data_offsets"), where + " has data_offsets ");
        if (offsets.length != 2 || offsets[0] > offsets[1] || offsets[1] > dataBytes) {
            throw new SafetensorsException(where + " has data_offsets " + Arrays.toString(offsets)
                    + "; legal: [begin, end] within 0 to " + dataBytes);
        }
        long expected;
        try {
            expected = dtype.bytes();
            for (long length : shape) {
                expected = Math.multiplyExact(expected, length);
            }
        } catch (ArithmeticException e) {
            throw new SafetensorsException(where + " has shape " + Arrays.toString(shape) + ", beyond 2^63 bytes", e);
        }
        if (offsets[1] - offsets[0] != expected) {
            throw new SafetensorsException(where + " has " + (offsets[1] - offsets[0]) + " bytes; its shape "
                    + Arrays.toString(shape) + " of " + dtype + " takes " + expected);
        }
        return new TensorInfo(name, dtype, shape, offsets[0], offsets[1]);
    }

    private static long[] naturals(JsonNode node, String where) throws SafetensorsException {
        boolean legal = node.isArray();
        long[] values = new long[node.size()];
        for (int i = 0; i < values.length; i++) {
            JsonNode value = node.get(i);
            legal = legal && value.isIntegralNumber() && value.canConvertToLong() && value.longValue() >= 0;
            values[i] = legal ? value.longValue() : 0;
        }
        if (!legal) {
            throw new SafetensorsException(where + node + "; legal: an array of whole numbers from 0");
        }
        return values;
    }

    private static void requireSeamless(Map<String, TensorInfo> tensors, long dataBytes, String file)
            throws SafetensorsException {
        List<TensorInfo> ordered = new ArrayList<>(tensors.values());
        ordered.sort(Comparator.comparingLong(TensorInfo::begin).thenComparingLong(TensorInfo::end));
        long end = 0;
        for (TensorInfo tensor : ordered) {
            if (tensor.begin() != end) {
                throw new SafetensorsException(file + ": tensor " + tensor.name() + " begins at byte " + tensor.begin()
                        + " of the data; legal: " + end + ", where the one before it ends");
            }
            end = tensor.end();
        }
        if (end != dataBytes) {
            throw new SafetensorsException(
                    file + ": the tensors take " + end + " bytes but the file has " + dataBytes + " bytes of data");
        }
    }
}
