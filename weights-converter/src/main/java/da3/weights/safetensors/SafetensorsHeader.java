package da3.weights.safetensors;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
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
 * The JSON part of a safetensors file, checked strictly: every byte of the data belongs to exactly one tensor.
 *
 * <p>It is read as a stream and refused at the first thing out of place, so that junk takes no memory.
 *
 * @param tensors in the header's order
 * @param metadata empty where the file has none
 */
record SafetensorsHeader(Map<String, TensorInfo> tensors, Map<String, String> metadata) {

    static final String METADATA = "__metadata__";

    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

    /** The largest published model has 1383; tensors without values would make any number of them possible. */
    static final int MAX_TENSORS = 100_000;

    static final int MAX_DIMENSIONS = 64;

    private static final int MAX_METADATA_CHARACTERS = 1 << 24;

    /** Characters of a single text. */
    private static final int MAX_TEXT = 1 << 20;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES) // names are many and come once
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxStringLength(MAX_TEXT).build())
            .build();

    /** Characters of a message, which quotes what was found. */
    private static final int MAX_MESSAGE = 500;

    /**
     * @param json the header's bytes
     * @param dataBytes length of what follows the header
     * @param file how errors name the file
     */
    static SafetensorsHeader parse(byte[] json, long dataBytes, String file) throws IOException {
        return parse(new ByteArrayInputStream(json), dataBytes, file);
    }

    /** @param json the header's bytes and nothing after them */
    static SafetensorsHeader parse(InputStream json, long dataBytes, String file) throws IOException {
        PushbackInputStream bytes = new PushbackInputStream(json);
        int first = bytes.read();
        if (first != '{') {
            throw new SafetensorsException(file + ": the header does not begin with {");
        }
        bytes.unread(first);
        // Decoded here since Jackson would also accept UTF-16 and UTF-32.
        InputStreamReader text = new InputStreamReader(bytes, StandardCharsets.UTF_8.newDecoder());
        try (JsonParser parser = FACTORY.createParser(text)) {
            return new Reader(parser, dataBytes, file).header();
        } catch (JsonProcessingException e) {
            throw refusal(file, ": the header is not JSON: " + e.getOriginalMessage(), e);
        } catch (CharacterCodingException e) {
            throw new SafetensorsException(file + ": the header is not UTF-8", e);
        }
    }

    /** Quoted text is shortened, and harmless where it is shown. */
    private static SafetensorsException refusal(String file, String why, Exception cause) {
        return new SafetensorsException(file + UntrustedText.shown(why, MAX_MESSAGE), cause);
    }

    private static final class Reader {
        private final JsonParser parser;
        private final long dataBytes;
        private final String file;
        private final Map<String, TensorInfo> tensors = new LinkedHashMap<>();
        private Map<String, String> metadata; // null until it is met

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
                    throw refused(": the name of tensor " + name + " has control characters");
                } else if (tensors.put(name, tensor(name)) != null) {
                    throw refused(": Duplicate tensor " + name);
                }
                if (tensors.size() > MAX_TENSORS) {
                    throw refused(" has more than " + MAX_TENSORS + " tensors");
                }
            }
            if (parser.nextToken() != null) {
                throw refused(": the header is not JSON: something follows its closing }");
            }
            requireSeamless();
            return new SafetensorsHeader(
                    Collections.unmodifiableMap(tensors),
                    metadata == null ? Map.of() : Collections.unmodifiableMap(metadata));
        }

        private void readMetadata() throws IOException {
            if (metadata != null) {
                throw refused(": Duplicate " + METADATA);
            }
            if (parser.currentToken() != JsonToken.START_OBJECT) {
                throw refused(": " + METADATA + " is not an object");
            }
            metadata = new LinkedHashMap<>();
            long characters = 0;
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String key = parser.currentName();
                if (parser.nextToken() != JsonToken.VALUE_STRING) {
                    throw refused(": " + METADATA + " has " + parser.getText() + " at " + key + "; legal: text");
                }
                String value = parser.getText();
                characters += key.length() + value.length() + 1;
                if (characters > MAX_METADATA_CHARACTERS) {
                    throw refused(": " + METADATA + " is longer than " + MAX_METADATA_CHARACTERS + " characters");
                }
                if (metadata.put(key, value) != null) {
                    throw refused(": Duplicate " + key + " in " + METADATA);
                }
            }
        }

        private TensorInfo tensor(String name) throws IOException {
            String where = ": tensor " + name;
            if (parser.currentToken() != JsonToken.START_OBJECT) {
                throw refused(where + " is described by " + parser.getText() + "; legal: an object with dtype, shape"
                        + " and data_offsets");
            }
            DType dtype = null;
            long[] shape = null;
            long[] offsets = null;
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String key = parser.currentName();
                parser.nextToken();
                if (key.equals("dtype") && dtype == null) {
                    dtype = dtype(where);
                } else if (key.equals("shape") && shape == null) {
                    shape = naturals(where + " has shape ");
                } else if (key.equals("data_offsets") && offsets == null) {
                    offsets = naturals(where + " has data_offsets ");
                } else {
                    throw refused(where + " has " + key + "; legal: dtype, shape and data_offsets, each once");
                }
            }
            if (dtype == null || shape == null || offsets == null) {
                throw refused(where + " lacks something; legal: dtype, shape and data_offsets, each once");
            }
            requireConsistent(where, dtype, shape, offsets);
            return new TensorInfo(name, dtype, shape, offsets[0], offsets[1]);
        }

        private DType dtype(String where) throws IOException {
            try {
                return DType.of(parser.getText());
            } catch (IllegalArgumentException e) {
                throw refusal(file, where + " has " + e.getMessage(), e);
            }
        }

        private long[] naturals(String where) throws IOException {
            if (parser.currentToken() != JsonToken.START_ARRAY) {
                throw refused(where + parser.getText() + "; legal: an array of whole numbers from 0");
            }
            long[] values = new long[MAX_DIMENSIONS];
            int count = 0;
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                if (count == MAX_DIMENSIONS) {
                    throw refused(where + "of more than " + MAX_DIMENSIONS + " numbers");
                }
                if (parser.currentToken() != JsonToken.VALUE_NUMBER_INT || parser.getLongValue() < 0) {
                    throw refused(where + "with " + parser.getText() + "; legal: an array of whole numbers from 0");
                }
                values[count++] = parser.getLongValue();
            }
            return Arrays.copyOf(values, count);
        }

        private void requireConsistent(String where, DType dtype, long[] shape, long[] offsets)
                throws SafetensorsException {
            if (offsets.length != 2 || offsets[0] > offsets[1] || offsets[1] > dataBytes) {
                throw refused(where + " has data_offsets " + Arrays.toString(offsets)
                        + "; legal: [begin, end] within 0 to " + dataBytes);
            }
            long expected;
            try {
                expected = dtype.bytes();
                for (long length : shape) {
                    expected = Math.multiplyExact(expected, length);
                }
            } catch (ArithmeticException e) {
                throw refusal(file, where + " has shape " + Arrays.toString(shape) + ", beyond 2^63 bytes", e);
            }
            if (offsets[1] - offsets[0] != expected) {
                throw refused(where + " has " + (offsets[1] - offsets[0]) + " bytes; its shape "
                        + Arrays.toString(shape) + " of " + dtype + " takes " + expected);
            }
        }

        private void requireSeamless() throws SafetensorsException {
            List<TensorInfo> ordered = new ArrayList<>(tensors.values());
            ordered.sort(Comparator.comparingLong(TensorInfo::begin).thenComparingLong(TensorInfo::end));
            long end = 0;
            for (TensorInfo tensor : ordered) {
                if (tensor.begin() != end) {
                    throw refused(": tensor " + tensor.name() + " begins at byte " + tensor.begin()
                            + " of the data; legal: " + end + ", where the one before it ends");
                }
                end = tensor.end();
            }
            if (end != dataBytes) {
                throw refused(": the tensors take " + end + " bytes but the file has " + dataBytes
                        + " bytes of data (cut short, or something follows)");
            }
        }

        private SafetensorsException refused(String why) {
            return refusal(file, why, null);
        }
    }
}
