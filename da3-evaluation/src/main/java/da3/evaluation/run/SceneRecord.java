package da3.evaluation.run;

import da3.evaluation.mode.Samples;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The result of one predictor for one scene.
 *
 * @param scene id of the scene
 * @param predictor name of the predictor
 * @param groups groups of the scene by kind; empty if the scene could not be loaded
 * @param samples measured values; empty if the scene failed
 * @param error message of the failure, if any
 */
public record SceneRecord(
        String scene, String predictor, Map<String, String> groups, Samples samples, Optional<String> error) {

    /** Keeps the order of the groups. */
    public SceneRecord {
        groups = Collections.unmodifiableMap(new LinkedHashMap<>(groups));
    }

    /** Returns this record as a line of JSON, as in {@code scenes.jsonl}. */
    public String json() {
        return SceneLog.json(this).toString();
    }
}
