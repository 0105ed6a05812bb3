package da3.server.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import da3.export.OptionType.Kind;
import da3.streaming.LoopMethod;
import da3.streaming.MapFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The JSON form of the options of streaming: an object in the field {@value #NAME}, which other tasks do not have. */
final class StreamJson {

    static final String NAME = "stream";

    private static final List<String> FIELDS =
            List.of("window", "overlap", "min_motion", "loops", "max_points", "export_format");

    private StreamJson() {}

    /** Puts the field; null for a task that does not stream. */
    static void put(ObjectNode json, Optional<StreamOptions> options) {
        json.putNull(NAME);
        options.ifPresent(stream -> json.putObject(NAME)
                .put("window", stream.window())
                .put("overlap", stream.overlap())
                .put("min_motion", stream.minMotion())
                .put("loops", stream.loops().id())
                .put("max_points", stream.maxPoints())
                .put(
                        "export_format",
                        stream.formats().stream().map(MapFormat::id).collect(Collectors.joining("-"))));
    }

    /**
     * Reads the field.
     *
     * @throws MalformedFieldException if a value has the wrong type
     * @throws IllegalArgumentException if a value is invalid
     */
    static Optional<StreamOptions> read(JsonFields fields) {
        JsonNode node = fields.get(NAME);
        if (node.isMissingNode()) {
            return Optional.empty();
        }
        if (!(node instanceof ObjectNode object)) {
            throw JsonFields.malformed(NAME, "an object", JsonFields.quoted(node));
        }
        JsonFields given = new JsonFields(object, FIELDS);
        Values values = new Values();
        given.read("window", Kind.INTEGER, value -> values.window = (Integer) value);
        values.overlap = Math.max(1, values.window / 4);
        given.read("overlap", Kind.INTEGER, value -> values.overlap = (Integer) value);
        given.number("min_motion", value -> values.minMotion = value);
        given.text("loops", value -> values.loops = LoopMethod.parse(value));
        given.read("max_points", Kind.INTEGER, value -> values.maxPoints = (Integer) value);
        given.text("export_format", value -> values.formats = value.isEmpty() ? List.of() : MapFormat.parse(value));
        return Optional.of(new StreamOptions(
                values.window, values.overlap, values.minMotion, values.loops, values.maxPoints, values.formats));
    }

    /** The values read so far, or their defaults. */
    private static final class Values {
        private int window = StreamOptions.defaults().window();
        private int overlap;
        private double minMotion = StreamOptions.defaults().minMotion();
        private LoopMethod loops = StreamOptions.defaults().loops();
        private int maxPoints = StreamOptions.defaults().maxPoints();
        private List<MapFormat> formats = StreamOptions.defaults().formats();
    }
}
