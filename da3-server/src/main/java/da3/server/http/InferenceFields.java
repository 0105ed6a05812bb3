package da3.server.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import da3.export.OptionField;
import da3.export.OptionFields;
import da3.export.OptionType;
import da3.geometry.check.Check;
import da3.server.wire.JsonFields;
import da3.server.wire.MalformedFieldException;
import da3.server.wire.OptionsJson;
import da3.server.wire.SafeText;
import da3.server.wire.TaskOptions;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The fields of a request to {@code /inference}, from JSON or a form.
 *
 * <p>Source: reference file services/backend.py, InferenceRequest, with additional fields.
 */
final class InferenceFields {

    private static final List<String> NAMES = Stream.concat(OptionsJson.names().stream(), Stream.of("name", "fps"))
            .toList();

    /** Form fields with plain text; the others contain JSON. */
    private static final Set<String> TEXTS = Stream.concat(
                    OptionFields.all().stream()
                            .filter(field -> field.type().kind() == OptionType.Kind.TEXT)
                            .map(OptionField::name),
                    Stream.of("name"))
            .collect(Collectors.toUnmodifiableSet());

    private static final int MAX_NAME_LENGTH = 200;

    private TaskOptions options = TaskOptions.defaults();
    private Optional<String> name = Optional.empty();
    private Optional<Double> fps = Optional.empty();
    private List<String> imagePaths = List.of();
    private Optional<String> exportDirectory = Optional.empty();

    private InferenceFields() {}

    /** Reads the fields of a JSON body, which names files on this machine. */
    static InferenceFields ofJson(ObjectNode body) {
        List<String> names = Stream.concat(Stream.of("image_paths", "export_dir"), NAMES.stream())
                .toList();
        return new InferenceFields().read(body, names);
    }

    /** Reads the text fields of a form. */
    static InferenceFields ofForm(Map<String, String> texts) {
        ObjectNode body = Json.object();
        texts.forEach((field, text) -> {
            if (NAMES.contains(field) && !TEXTS.contains(field)) {
                body.set(field, Json.parse(text.getBytes(StandardCharsets.UTF_8), field));
            } else {
                body.put(field, text); // read() rejects unknown fields
            }
        });
        return new InferenceFields().read(body, NAMES);
    }

    private InferenceFields read(ObjectNode body, List<String> names) {
        try {
            JsonFields fields = new JsonFields(body, names);
            fields.texts("image_paths", paths -> imagePaths = paths);
            fields.text("export_dir", directory -> exportDirectory = Optional.of(directory));
            if (names.contains("image_paths")) {
                Check.atLeast("number of image_paths", 1, imagePaths.size());
            }
            options = OptionsJson.read(fields);
            fields.text("name", text -> name = Optional.of(requireName(text)));
            fields.number("fps", rate -> fps = Optional.of(rate));
            return this;
        } catch (MalformedFieldException e) {
            throw HttpError.badRequest(e.getMessage());
        } catch (IllegalArgumentException e) {
            throw HttpError.unprocessable(e.getMessage());
        }
    }

    private static String requireName(String text) {
        if (text.isBlank()
                || text.length() > MAX_NAME_LENGTH
                || !SafeText.sanitize(text).equals(text)) {
            throw Check.invalid(
                    "name", "1 to " + MAX_NAME_LENGTH + " printable characters", "\"" + SafeText.sanitize(text) + "\"");
        }
        return text.strip();
    }

    TaskOptions options() {
        return options;
    }

    Optional<String> name() {
        return name;
    }

    /** Returns the number of frames per second to extract from a video. */
    Optional<Double> fps() {
        return fps;
    }

    List<String> imagePaths() {
        return imagePaths;
    }

    Optional<String> exportDirectory() {
        return exportDirectory;
    }
}
