package da3.weights;

import java.nio.file.Path;
import java.util.List;

/**
 * What a conversion wrote.
 *
 * @param files all of them, weights first
 * @param tensors how many
 * @param storedBytes of all tensors
 */
public record ConversionReport(List<Path> files, int tensors, long storedBytes) {}
