package da3.train.config;

import da3.train.objective.StudentWeights;
import da3.train.yaml.ConfigException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Checks that phases, validation and objective fit to the data of the user. */
final class DataChecks {

    private DataChecks() {}

    /** Returns the settings of this name; empty if there are none. */
    static Optional<DataSettings> named(List<DataSettings> data, String name) {
        return data.stream().filter(one -> one.name().equals(name)).findFirst();
    }

    /**
     * Checks a configuration.
     *
     * @throws ConfigException if a name is unknown or used twice, or scenes without cameras are used where cameras are
     *     needed
     */
    static void check(TrainConfig config) {
        List<String> names = new ArrayList<>();
        for (DataSettings one : config.data()) {
            if (names.contains(one.name())) {
                throw new ConfigException("data.name must be unique, got " + one.name() + " twice");
            }
            names.add(one.name());
        }
        for (int i = 0; i < config.phases().size(); i++) {
            PhaseSettings phase = config.phases().get(i);
            if (withoutCameras(config, names, phase.scenes(), "phases." + i)) {
                checkPhase(config, phase, "phases." + i);
            }
        }
        ValidationSettings validation = config.validation();
        if (!withoutCameras(config, names, validation.names(), "validation")) {
            return;
        }
        checkKind(config, "validation");
        if (validation.bestBy() != ValidationMetric.ABS_REL && validation.bestBy() != ValidationMetric.DELTA1) {
            throw new ConfigException(
                    "validation.best_by must be abs_rel or delta1, since views of validation.data have "
                            + "no cameras, got " + validation.bestBy().id());
        }
    }

    private static boolean withoutCameras(TrainConfig config, List<String> names, SceneNames scenes, String key) {
        boolean without = false;
        for (String name : scenes.data()) {
            DataSettings data = named(config.data(), name)
                    .orElseThrow(() -> new ConfigException(key + ".data must be among the names in data, "
                            + (names.isEmpty() ? "of which there are none" : String.join(", ", names)) + ", got "
                            + name));
            without |= !data.hasCameras();
        }
        return without;
    }

    private static void checkKind(TrainConfig config, String key) {
        ObjectiveKind kind = config.objective().kind();
        if (kind != ObjectiveKind.STUDENT && kind != ObjectiveKind.TEACHER) {
            throw new ConfigException("objective.kind must be student or teacher, since views of " + key
                    + ".data have no cameras, got " + kind.id());
        }
    }

    /** Terms that compare cameras would otherwise train on the field of view that is assumed. */
    private static void checkPhase(TrainConfig config, PhaseSettings phase, String key) {
        ObjectiveKind kind = config.objective().kind();
        if (kind == ObjectiveKind.TEACHER) {
            return;
        }
        checkKind(config, key);
        StudentWeights loss = config.loss();
        if (loss.rayDirection() != 0 || loss.rayOrigin() != 0 || loss.point() != 0 || loss.camera() != 0) {
            throw new ConfigException(
                    "loss.ray_direction, loss.ray_origin, loss.point and loss.camera must be 0, since "
                            + "views of " + key + ".data have no cameras, got " + loss.rayDirection() + ", "
                            + loss.rayOrigin() + ", " + loss.point() + " and " + loss.camera());
        }
        if (config.posedProbability() != 0) {
            throw new ConfigException("posed_probability must be 0, since views of " + key
                    + ".data have no cameras, got " + config.posedProbability());
        }
        if (phase.phase().maxViews() != 1) {
            throw new ConfigException(key + ".max_views must be 1, the number of views of a line in a list, got "
                    + phase.phase().maxViews());
        }
    }
}
