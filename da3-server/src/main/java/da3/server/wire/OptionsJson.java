package da3.server.wire;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import da3.export.JobOptions;
import da3.export.OptionField;
import da3.export.OptionFields;
import java.util.List;
import java.util.stream.Stream;

/** The options of a task as JSON: one field per {@link OptionFields option}, the priors, and streaming. */
public final class OptionsJson {

    private static final List<String> NAMES = Stream.concat(
                    OptionFields.all().stream().map(OptionField::name),
                    Stream.concat(PriorsJson.NAMES.stream(), Stream.of(StreamJson.NAME)))
            .toList();

    private OptionsJson() {}

    /** Returns the names of all fields. */
    public static List<String> names() {
        return NAMES;
    }

    /** Returns options as JSON. The resolution is omitted if the model determines it; missing priors and streaming are null. */
    public static ObjectNode of(TaskOptions options) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        for (OptionField<?> field : OptionFields.all()) {
            field.get(options.job()).ifPresent(value -> put(json, field.name(), value));
        }
        PriorsJson.put(json, options.priors());
        StreamJson.put(json, options.stream());
        return json;
    }

    /**
     * Reads options; missing or null fields have their default values.
     *
     * @throws MalformedFieldException if a value has the wrong type
     * @throws IllegalArgumentException if a value is not allowed; the message names the field
     */
    public static TaskOptions read(JsonFields fields) {
        JobOptions.Builder job = JobOptions.builder();
        for (OptionField<?> field : OptionFields.all()) {
            fields.read(field.name(), field.type().kind(), value -> field.set(job, value));
        }
        return new TaskOptions(job.build(), PriorsJson.read(fields), StreamJson.read(fields));
    }

    /** Puts the value of an option. */
    public static void put(ObjectNode json, String name, Object value) {
        if (value instanceof List<?> list) {
            ArrayNode array = json.putArray(name);
            list.forEach(element -> array.add((Integer) element));
        } else if (value instanceof Boolean flag) {
            json.put(name, flag);
        } else if (value instanceof Integer integer) {
            json.put(name, integer);
        } else if (value instanceof Long integer) {
            json.put(name, integer);
        } else if (value instanceof Double number) {
            json.put(name, number);
        } else {
            json.put(name, (String) value);
        }
    }
}
