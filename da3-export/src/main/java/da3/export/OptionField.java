package da3.export;

import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * An option of a job: its names, description and type, and access to its value. The command line, JSON and OpenAPI are
 * generated from these fields.
 *
 * @param <T> type of the value, see {@link OptionType}
 */
public final class OptionField<T> {

    /** The subject of an option. */
    public enum Group {
        PREDICTION,
        EXPORT
    }

    private final Group group;
    private final String name;
    private final Optional<String> commandLineName;
    private final OptionType<T> type;
    private final String description;
    private final Function<JobOptions, Optional<T>> getter;
    private final BiConsumer<JobOptions.Builder, T> setter;

    OptionField(
            Group group,
            String name,
            Optional<String> commandLineName,
            OptionType<T> type,
            String description,
            Function<JobOptions, Optional<T>> getter,
            BiConsumer<JobOptions.Builder, T> setter) {
        this.group = group;
        this.name = name;
        this.commandLineName = commandLineName;
        this.type = type;
        this.description = description;
        this.getter = getter;
        this.setter = setter;
    }

    public Group group() {
        return group;
    }

    /** Returns the name in JSON, which is that of the reference implementation if it has the option. */
    public String name() {
        return name;
    }

    /** Returns the name on the command line, for instance {@code --process-res}; empty if the option is only in JSON. */
    public Optional<String> commandLineName() {
        return commandLineName;
    }

    public OptionType<T> type() {
        return type;
    }

    /** Returns the description, one sentence without its period. */
    public String description() {
        return description;
    }

    /** Returns the value of {@link JobOptions#defaults()}; empty if the default depends on the model. */
    public Optional<T> defaultValue() {
        return get(JobOptions.defaults());
    }

    /** Returns the value; empty if it depends on the model. */
    public Optional<T> get(JobOptions options) {
        return getter.apply(options);
    }

    /**
     * Sets the value.
     *
     * @param value a value of the field's type
     * @throws IllegalArgumentException if the value is invalid
     */
    @SuppressWarnings("unchecked") // readers of text and JSON return values of the type
    public void set(JobOptions.Builder options, Object value) {
        setter.accept(options, (T) value);
    }
}
