package da3.weights.safetensors;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import da3.geometry.check.Check;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PushbackInputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The JSON header of a safetensors file. Validation is strict: every byte of the data belongs to exactly one tensor.
 *
 * <p>The header is parsed as a stream and rejected at the first error, so that invalid files take no memory.
 *
 * @param tensors tensors by name, in the order of the header
 * @param metadata text entries; empty if the file has none
 */
record SafetensorsHeader(Map<String, TensorInfo> tensors, Map<String, String> metadata) {

    static final String METADATA = "__metadata__";

    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

    /** The largest published model has 1383. The number of tensors without values is not limited by the size of the data. */
    static final int MAX_TENSORS = 100_000;

    static final int MAX_DIMENSIONS = 64;

    private static final int MAX_METADATA_CHARACTERS = 1 << 24;

    /** Maximum number of characters in a string. */
    private static final int MAX_TEXT = 1 << 20;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES) // there are many names, and each occurs once
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxStringLength(MAX_TEXT).build())
            .build();

    /** Maximum number of characters in a message, which quotes the file. */
    private static final int MAX_MESSAGE = 500;

    /**
     * @param json bytes of the header
     * @param dataBytes size of the data after the header
     * @param file name of the file in errors
     */
    static SafetensorsHeader parse(byte[] json, long dataBytes, String file) throws IOException {
        return parse(new ByteArrayInputStream(json), dataBytes, file);
    }

    /** @param json stream that ends after the header */
    static SafetensorsHeader parse(InputStream json, long dataBytes, String file) throws IOException {
        PushbackInputStream bytes = new PushbackInputStream(json);
        int first = bytes.read();
        if (first != '{') {
            throw new SafetensorsException(file + ": the header does not begin with {");
        }
        bytes.unread(first);
        // decoded here, since Jackson would also accept UTF-16 and UTF-32
        InputStreamReader text = new InputStreamReader(bytes, StandardCharsets.UTF_8.newDecoder());
        try (JsonParser parser = FACTORY.createParser(text)) {
            return new Reader(parser, dataBytes, file).header();
        } catch (JsonProcessingException e) {
            throw exception(file, ": the header is not JSON: " + e.getOriginalMessage(), e);
        } catch (CharacterCodingException e) {
            throw new SafetensorsException(file + ": the header is not UTF-8", e);
        }
    }

    /** Shortens the message and removes control characters, since it quotes the file. */
    private static SafetensorsException exception(String file, String problem, Exception cause) {
        return new SafetensorsException(file + UntrustedText.shown(problem, MAX_MESSAGE), cause);
    }

    private static final class Reader {
        private final JsonParser parser;
        private final long dataBytes;
        private final String file;
        private final Map<String, TensorInfo> tensors = new LinkedHashMap<>();
        private Map<String, String> metadata; // null until read

        Reader(JsonParser parser, long dataBytes, String file) {
            this.parser = parser;
            this.dataBytes = dataBytes;
            this.file = file;
        }

        SafetensorsHeader header() throws IOException {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                if (name.equals(METADATA)) {
                    readMetadata();
                } else if (CONTROL.matcher(name).find()) {
                    throw error(": the name of tensor " + name + " has control characters");
                } else if (tensors.put(name, tensor(name)) != null) {
                    throw error(": duplicate tensor " + name);
                }
                if (tensors.size() > MAX_TENSORS) {
                    throw error(" has more than " + MAX_TENSORS + " tensors");
                }
            }
            if (parser.nextToken() != null) {
                throw error(": the header is not JSON: there is content after its closing }");
            }
            requireContiguous();
            return new SafetensorsHeader(
                    Collections.unmodifiableMap(tensors),
                    metadata == null ? Map.of() : Collections.unmodifiableMap(metadata));
        }

        private void readMetadata() throws IOException {
            if (metadata != null) {
                throw error(": Duplicate " + METADATA);
            }
            if (parser.currentToken() != JsonToken.START_OBJECT) {
                throw error(": " + METADATA + " is not an object");
            }
            metadata = new LinkedHashMap<>();
            long characters = 0;
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String key = parser.currentName();
                if (parser.nextToken() != JsonToken.VALUE_STRING) {
                    throw error(": " + Check.message(METADATA + "." + key, "text", parser.getText()));
                }
                String value = parser.getText();
                characters += key.length() + value.length() + 1;
                if (characters > MAX_METADATA_CHARACTERS) {
                    throw error(": " + METADATA + " is longer than " + MAX_METADATA_CHARACTERS + " characters");
                }
                if (metadata.put(key, value) != null) {
                    throw error(": Duplicate " + key + " in " + METADATA);
                }
            }
        }

        private TensorInfo tensor(String name) throws IOException {
            String where = " of tensor " + name;
            if (parser.currentToken() != JsonToken.START_OBJECT) {
                throw error(": "
                        + Check.message(
                                "tensor " + name, "an object with dtype, shape and data_offsets", parser.getText()));
            }
            DType dtype = null;
            long[] shape = null;
            long[] offsets = null;
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String key = parser.currentName();
                parser.nextToken();
                if (key.equals("dtype") && dtype == null) {
                    dtype = dtype(name);
                } else if (key.equals("shape") && shape == null) {
                    shape = wholeNumbers("shape" + where);
                } else if (key.equals("data_offsets") && offsets == null) {
                    offsets = wholeNumbers("data_offsets" + where);
                } else {
                    throw error(": " + Check.message("keys" + where, "dtype, shape and data_offsets, each once", key));
                }
            }
            if (dtype == null || shape == null || offsets == null) {
                throw error(": tensor " + name + " lacks dtype, shape or data_offsets");
            }
            requireConsistent(where, dtype, shape, offsets);
            return new TensorInfo(name, dtype, shape, offsets[0], offsets[1]);
        }

        private DType dtype(String name) throws IOException {
            try {
                return DType.of(parser.getText());
            } catch (IllegalArgumentException e) {
                throw exception(file, ": tensor " + name + ": " + e.getMessage(), e);
            }
        }

        private long[] wholeNumbers(String name) throws IOException {
            if (parser.currentToken() != JsonToken.START_ARRAY) {
                throw error(": " + Check.message(name, "an array of whole numbers from 0", parser.getText()));
            }
            long[] values = new long[MAX_DIMENSIONS];
            int count = 0;
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                if (count == MAX_DIMENSIONS) {
                    throw error(": " + Check.message(name, "at most " + MAX_DIMENSIONS + " numbers", "more"));
                }
                if (parser.currentToken() != JsonToken.VALUE_NUMBER_INT || parser.getLongValue() < 0) {
                    throw error(": "
                            + Check.message(name, "an array of whole numbers from 0", "one with " + parser.getText()));
                }
                values[count++] = parser.getLongValue();
            }
            return Arrays.copyOf(values, count);
        }

        private void requireConsistent(String where, DType dtype, long[] shape, long[] offsets)
                throws SafetensorsException {
            if (offsets.length != 2 || offsets[0] > offsets[1] || offsets[1] > dataBytes) {
                throw error(": "
                        + Check.message(
                                "data_offsets" + where,
                                "[begin, end] within 0 to " + dataBytes,
                                Arrays.toString(offsets)));
            }
            long expected;
            try {
                expected = dtype.bytes();
                for (long length : shape) {
                    expected = Math.multiplyExact(expected, length);
                }
            } catch (ArithmeticException e) {
                throw exception(
                        file, ": the size" + where + " of shape " + Arrays.toString(shape) + " exceeds 2^63 bytes", e);
            }
            if (offsets[1] - offsets[0] != expected) {
                throw error(": "
                        + Check.message(
                                "size" + where,
                                expected + " bytes for shape " + Arrays.toString(shape) + " of " + dtype,
                                offsets[1] - offsets[0]));
            }
        }

        private void requireContiguous() throws SafetensorsException {
            List<TensorInfo> ordered = new ArrayList<>(tensors.values());
            ordered.sort(Comparator.comparingLong(TensorInfo::begin).thenComparingLong(TensorInfo::end));
            long end = 0;
            for (TensorInfo tensor : ordered) {
                if (tensor.begin() != end) {
                    throw error(": "
                            + Check.message(
                                    "offset of tensor " + tensor.name(),
                                    end + ", the end of the previous tensor",
                                    tensor.begin()));
                }
                end = tensor.end();
            }
            if (end != dataBytes) {
                throw error(": the tensors take " + end + " bytes but the file has " + dataBytes
                        + " bytes of data (truncated, or followed by other data)");
            }
        }

        private SafetensorsException error(String problem) {
            return exception(file, problem, null);
        }
    }
}
