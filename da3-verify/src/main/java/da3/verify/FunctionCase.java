package da3.verify;

import java.io.IOException;
import java.util.Map;

/** Recomputes a function case. */
@FunctionalInterface
interface FunctionCase {

    /** Computes the expected tensors of the case, by name. */
    Map<String, GoldenTensor> compute(GoldenCase golden) throws IOException;
}
