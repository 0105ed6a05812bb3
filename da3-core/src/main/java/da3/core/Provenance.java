package da3.core;

import java.util.Optional;

/**
 * How a prediction came about: the same values, input and machine give the same bytes.
 *
 * @param weights what the weights are
 * @param weightsHash a digest of all their names, shapes and values, where one was taken
 * @param preset id of the preset that the model is built as; absent if it is none
 * @param resolution that images were brought to, in pixels: the request's, or the model's own
 * @param engine name of the engine
 * @param precision of its activations
 * @param threads it computed with
 * @param seed of every random draw
 * @param version of this library
 */
public record Provenance(
        String weights,
        Optional<String> weightsHash,
        Optional<String> preset,
        int resolution,
        String engine,
        String precision,
        int threads,
        long seed,
        String version) {}
