package da3.core;

/**
 * How a prediction came about: the same values, input and machine give the same bytes.
 *
 * @param weights what the weights are
 * @param engine name of the engine
 * @param precision of its activations
 * @param threads it computed with
 * @param seed of every random draw
 */
public record Provenance(String weights, String engine, String precision, int threads, long seed) {}
