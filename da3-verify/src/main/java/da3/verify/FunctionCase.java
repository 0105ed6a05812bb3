package da3.verify;

import java.io.IOException;
import java.util.Map;

/** Recomputes a function case. */
@FunctionalInterface
interface FunctionCase {

    /** Every expected tensor of the case, by its name. */
    Map<String, GoldenTensor> compute(GoldenCase golden) throws IOException;
}
