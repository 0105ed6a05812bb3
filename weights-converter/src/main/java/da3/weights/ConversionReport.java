package da3.weights;

import java.nio.file.Path;
import java.util.List;

/**
 * The result of a conversion.
 *
 * @param files written files, weights first
 * @param tensors number of written tensors
 * @param storedBytes size of all tensors
 */
public record ConversionReport(List<Path> files, int tensors, long storedBytes) {}
