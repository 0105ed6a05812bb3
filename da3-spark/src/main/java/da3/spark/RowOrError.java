package da3.spark;

import com.fasterxml.jackson.databind.node.ObjectNode;
import da3.core.ErrorMessage;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.List;
import java.util.concurrent.CancellationException;

/** Turns the failure of a part of a job into a row with its error, so that it does not end the job. */
final class RowOrError {

    private RowOrError() {}

    /** Computes rows as JSON. */
    @FunctionalInterface
    interface Computation {
        List<ObjectNode> rows() throws IOException;
    }

    /**
     * Returns the rows of a computation.
     *
     * @param identity names the part; if the computation fails, it is the only row, with the field {@code error}
     * @throws CancellationException if the task was killed
     */
    static List<ObjectNode> of(ObjectNode identity, Computation computation) {
        try {
            return computation.rows();
        } catch (CancellationException e) {
            throw e;
        } catch (InterruptedIOException e) {
            throw new CancellationException(e.getMessage());
        } catch (IOException | RuntimeException | OutOfMemoryError e) {
            return List.of(identity.put("error", ErrorMessage.of(e)));
        }
    }
}
