package da3.core;

import java.util.Optional;

/**
 * What a prediction was computed with. Equal values and inputs give equal bytes on the same machine.
 *
 * @param weights description of the weights
 * @param weightsHash digest of the names, shapes and values of all weights, if it was computed
 * @param preset id of the model's preset, if it has one
 * @param resolution resolution of the processed images in pixels
 * @param engine name of the engine
 * @param precision precision of activations
 * @param threads number of threads
 * @param seed seed of every random draw
 * @param version version of this library
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
