package da3.train.config;

import da3.train.yaml.Section;
import java.util.List;

/**
 * The scenes of a phase or of the validation.
 *
 * @param shards folders of shards or archives
 * @param data names of {@link DataSettings}
 */
public record SceneNames(List<String> shards, List<String> data) {

    static SceneNames read(Section s) {
        // absent keys of later versions are not recorded, so that the hashes of existing configurations remain valid
        return new SceneNames(s.texts("shards"), s.has("data") ? s.texts("data") : List.of());
    }

    /** Returns whether there are no scenes. */
    public boolean isEmpty() {
        return shards.isEmpty() && data.isEmpty();
    }
}
