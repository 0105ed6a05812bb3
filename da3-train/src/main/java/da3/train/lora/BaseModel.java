package da3.train.lora;

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
}
