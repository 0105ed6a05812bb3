package da3.weights;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import da3.weights.config.LimitedJson;
import da3.weights.safetensors.UntrustedText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The license of a checkpoint, from the key {@code license} of its config.json or of the front matter of its model card
 * ({@code README.md}).
 */
final class CheckpointLicense {

    private static final String CARD = "README.md";
    private static final int MAX_BYTES = 1 << 20;
    private static final Pattern FRONT_MATTER =
            Pattern.compile("\\A---\\R(.*?)^---\\s*$", Pattern.DOTALL | Pattern.MULTILINE);
    private static final Pattern LICENSE = Pattern.compile("^license:[ \\t]*[\"']?([\\w.+-]+)", Pattern.MULTILINE);

    private CheckpointLicense() {}

    /** @param folder folder of the tensor files */
    static Optional<String> of(Path folder) throws IOException {
        Path config = folder.resolve(CheckpointFiles.CONFIG);
        if (Files.isRegularFile(config)) {
            try {
                JsonNode license = LimitedJson.read(config, MAX_BYTES).path("license");
                if (license.isTextual()) {
                    return Optional.of(UntrustedText.shown(license.asText()));
                }
            } catch (JsonProcessingException e) {
                throw new IOException(config + " is not JSON: " + UntrustedText.shown(e.getOriginalMessage()), e);
            }
        }
        Path card = folder.resolve(CARD);
        return Files.isRegularFile(card) ? ofCard(card) : Optional.empty();
    }

    private static Optional<String> ofCard(Path card) throws IOException {
        try (InputStream in = Files.newInputStream(card)) {
            Matcher front = FRONT_MATTER.matcher(new String(in.readNBytes(MAX_BYTES), StandardCharsets.UTF_8));
            if (!front.find()) {
                return Optional.empty();
            }
            Matcher license = LICENSE.matcher(front.group(1));
            return license.find() ? Optional.of(UntrustedText.shown(license.group(1))) : Optional.empty();
        }
    }
}
