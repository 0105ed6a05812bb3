package da3.train.config;

import da3.train.objective.LocalLevel;
import da3.train.objective.MetricWeights;
import da3.train.objective.TeacherOptions;
import da3.train.objective.TeacherWeights;
import da3.train.yaml.Section;
import java.util.List;

/**
 * The objective of a run.
 *
 * @param kind what the network is trained for
 * @param teacher options of the teacher's objective; the defaults for other kinds
 * @param metric weights of the metric objective; the defaults for other kinds
 * @param gaussian settings of the Gaussian head; the defaults for other kinds
 */
public record ObjectiveSettings(
        ObjectiveKind kind, TeacherOptions teacher, MetricWeights metric, GaussianSettings gaussian) {

    /** Weight of the term that keeps the scale of a teacher's depth near 1; with 0.01, it drifts to 10,000 in 1,400 steps. */
    private static final double TEACHER_SCALE = 1;

    /** The student objective, which has its options in sections of their own. */
    static final ObjectiveSettings STUDENT = new ObjectiveSettings(
            ObjectiveKind.STUDENT, TeacherOptions.defaults(), MetricWeights.defaults(), GaussianSettings.defaults());

    static ObjectiveSettings read(Section s) {
        ObjectiveKind kind = s.choice("kind", ObjectiveKind.STUDENT);
        return switch (kind) {
            case STUDENT -> STUDENT;
            case TEACHER -> STUDENT.withTeacher(teacher(s));
            case METRIC -> STUDENT.withMetric(metric(s));
            case GAUSSIAN -> STUDENT.withGaussian(GaussianSettings.read(s));
        };
    }

    private ObjectiveSettings withTeacher(TeacherOptions options) {
        return new ObjectiveSettings(ObjectiveKind.TEACHER, options, metric, gaussian);
    }

    private ObjectiveSettings withMetric(MetricWeights weights) {
        return new ObjectiveSettings(ObjectiveKind.METRIC, teacher, weights, gaussian);
    }

    private ObjectiveSettings withGaussian(GaussianSettings settings) {
        return new ObjectiveSettings(ObjectiveKind.GAUSSIAN, teacher, metric, settings);
    }

    private static TeacherOptions teacher(Section s) {
        TeacherOptions d = TeacherOptions.defaults();
        TeacherWeights weights = new TeacherWeights(
                weight(s, "gradient", d.weights().gradient()),
                weight(s, "global_local", d.weights().globalLocal()),
                weight(s, "normal", d.weights().normal()),
                weight(s, "sky", d.weights().sky()),
                weight(s, "object", d.weights().object()),
                weight(s, "scale", TEACHER_SCALE));
        List<LocalLevel> levels = s.has("levels") ? s.sections("levels", ObjectiveSettings::level) : d.levels();
        return d.withWeights(weights)
                .withGlobalGrid(s.integer("global_grid", d.globalGrid(), 2, 1024))
                .withLevels(levels)
                .withAlignmentGradient(s.choice("alignment_gradient", d.alignmentGradient()));
    }

    private static MetricWeights metric(Section s) {
        MetricWeights d = MetricWeights.defaults();
        return new MetricWeights(weight(s, "gradient", d.gradient()), weight(s, "sky", d.sky()));
    }

    private static LocalLevel level(Section s) {
        return new LocalLevel(
                s.integer("level", 4, 1, 1 << 14),
                s.integer("patches", 16, 1, 1 << 20),
                s.integer("grid", 16, 2, 1024));
    }

    private static double weight(Section s, String key, double absent) {
        return s.number(key, absent, 0, 1e6);
    }
}
