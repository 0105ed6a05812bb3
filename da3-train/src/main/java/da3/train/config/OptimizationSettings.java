package da3.train.config;

import da3.train.optimizer.Schedule;
import da3.train.yaml.ConfigException;
import da3.train.yaml.Section;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Settings of optimizers and schedules.
 *
 * @param groups groups of parameters; the first whose pattern is found in the name of a parameter applies
 * @param clip maximum norm of the gradients of all parameters together; 0 for no limit
 * @param emaDecay decay of the average of the weights
 * @param accumulation number of batches of each worker in one step
 */
public record OptimizationSettings(
        List<Group> groups, ScheduleSettings schedule, double clip, double emaDecay, int accumulation) {

    /** Kinds of optimizers of a group. */
    public enum Kind {
        ADAMW,
        MUON,
        /** No optimizer; the parameters are frozen, without gradient and state. */
        FROZEN
    }

    /**
     * Parameters that are trained in the same way.
     *
     * @param pattern a regular expression
     * @param weightDecay weight decay of one step, as a fraction of the learning rate
     */
    public record Group(Pattern pattern, Kind kind, double learningRate, double weightDecay) {

        static Group read(Section s) {
            String text = s.text("pattern").orElseThrow(() -> s.invalid("pattern", "none", "a regular expression"));
            Pattern pattern;
            try {
                pattern = Pattern.compile(text);
            } catch (PatternSyntaxException e) {
                throw s.invalid("pattern", text, "a regular expression");
            }
            Kind kind = s.choice("optimizer", Kind.ADAMW);
            double rate = s.number("learning_rate", kind == Kind.MUON ? 0.02 : 1e-3, 0, 10);
            return new Group(pattern, kind, rate, s.number("weight_decay", 0, 0, 10));
        }
    }

    /** The course of the learning rates. */
    public enum Course {
        WARMUP_STABLE_DECAY,
        COSINE
    }

    /**
     * The course of the learning rates over the run.
     *
     * @param warmupSteps steps in which they rise
     * @param decayFraction fraction of the run, at its end, in which they fall; only without cosine
     * @param decay how they fall; only without cosine
     */
    public record ScheduleSettings(Course course, long warmupSteps, double decayFraction, Schedule.Decay decay) {

        static ScheduleSettings read(Section s) {
            return new ScheduleSettings(
                    s.choice("course", Course.WARMUP_STABLE_DECAY),
                    s.integer("warmup_steps", 500L, 0, Long.MAX_VALUE),
                    s.number("decay_fraction", 0.2, 0, 1),
                    s.choice("decay", Schedule.Decay.LINEAR));
        }

        /**
         * Returns the schedule of a run.
         *
         * @param steps number of steps of the run
         * @throws ConfigException if the warm-up or the decay does not fit into the run
         */
        public Schedule of(long steps) {
            try {
                return course == Course.COSINE
                        ? Schedule.cosine(warmupSteps, steps)
                        : Schedule.warmupStableDecay(warmupSteps, steps, decayFraction, decay);
            } catch (IllegalArgumentException e) {
                throw new ConfigException("optimization.schedule: " + e.getMessage(), e);
            }
        }
    }

    static OptimizationSettings read(Section s) {
        List<Group> groups = s.sections("groups", Group::read);
        Section schedule = s.section("schedule");
        ScheduleSettings course = ScheduleSettings.read(schedule);
        schedule.finish();
        if (groups.isEmpty()) {
            throw s.invalid("groups", "none", "a list of at least one pattern with its optimizer");
        }
        return new OptimizationSettings(
                groups,
                course,
                s.number("clip", 1, 0, 1e9),
                s.number("ema_decay", 0.999, 0, 1),
                s.integer("accumulation", 1, 1, 1 << 16));
    }

    /**
     * Returns whether an optimizer updates a parameter.
     *
     * @param name checkpoint name
     * @throws ConfigException if no pattern is found in the name
     */
    public boolean trains(String name) {
        Group group = groupOf(name)
                .orElseThrow(() -> new ConfigException(
                        "optimization.groups must have a pattern for every parameter, got none for " + name));
        return group.kind() != Kind.FROZEN;
    }

    /** Returns the group of a parameter; empty if no pattern is found in its name. */
    Optional<Group> groupOf(String name) {
        return groups.stream()
                .filter(group -> group.pattern().matcher(name).find())
                .findFirst();
    }
}
