package da3.train.yaml;

/** A configuration that cannot be run; the message names the key, its value and what is allowed. */
public final class ConfigException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    /** @param message names the key, its value and what is allowed */
    public ConfigException(String message) {
        super(message);
    }

    /**
     * @param message names the key, its value and what is allowed
     * @param cause reason why the value is not allowed
     */
    public ConfigException(String message, Throwable cause) {
        super(message, cause);
    }
}
