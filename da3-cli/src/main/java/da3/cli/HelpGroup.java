package da3.cli;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.reflect.Field;
import java.util.Optional;
import picocli.CommandLine.Model.OptionSpec;

/** The groups of options in the help of a command, in the order of the help. */
enum HelpGroup {
    INPUT("Input"),
    MODEL("Model"),
    PREDICTION("Prediction"),
    EXPORT("Export"),
    SERVICE("Service"),
    LIMITS("Limits"),
    OTHER("Other");

    private final String heading;

    HelpGroup(String heading) {
        this.heading = heading;
    }

    String heading() {
        return heading;
    }

    /** Assigns an option, or all options of a class, to a group. Options without it are in {@link #OTHER}. */
    @Retention(RetentionPolicy.RUNTIME)
    @interface In {
        HelpGroup value();
    }

    /** Returns the group of an option: that of its field, or else of the class of the field. */
    static HelpGroup of(OptionSpec option) {
        if (option.userObject() instanceof HelpGroup group) {
            return group;
        }
        if (!(option.userObject() instanceof Field field)) {
            return OTHER;
        }
        return Optional.ofNullable(field.getAnnotation(In.class))
                .or(() -> Optional.ofNullable(field.getDeclaringClass().getAnnotation(In.class)))
                .map(In::value)
                .orElse(OTHER);
    }
}
