package da3.evaluation.run;

import da3.evaluation.mode.Samples;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What came of one scene and one predictor.
 *
 * @param scene its id
 * @param predictor its name
 * @param groups what the scene is counted among, by kind; empty if the scene could not be loaded
 * @param samples what was measured; empty where it failed
 * @param error why it failed, in a sentence
 */
public record SceneRecord(
        String scene, String predictor, Map<String, String> groups, Samples samples, Optional<String> error) {

    /** Keeps the groups in their order. */
    public SceneRecord {
        groups = Collections.unmodifiableMap(new LinkedHashMap<>(groups));
    }
}
