package da3.train.lora;

import com.fasterxml.jackson.databind.node.ObjectNode;
import da3.core.ModelSource;
import java.io.IOException;
import java.util.Optional;

/**
 * The model that a fine-tuned model started from. Its license applies to the fine-tuned model too.
 *
 * @param name path, name or hub id
 * @param license SPDX identifier, if known
 */
public record BaseModel(String name, Optional<String> license) {

    /**
     * Describes an opened model.
     *
     * @param name reference that the source was opened with
     * @throws IOException if a file that may state the license cannot be read
     */
    public static BaseModel of(String name, ModelSource source) throws IOException {
        return new BaseModel(name, source.license());
    }

    /** Adds the keys {@code base_model} and {@code license} to the configuration of a model. */
    public void describe(ObjectNode config) {
        config.put("base_model", name);
        license.ifPresent(id -> config.put("license", id));
    }
}
