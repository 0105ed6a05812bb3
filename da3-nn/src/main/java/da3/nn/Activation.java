package da3.nn;

/** The activation function that follows a linear map. */
public enum Activation {
    NONE,
    RELU,
    /** The exact form: x times the normal distribution function of x. */
    GELU,
    EXP
}
