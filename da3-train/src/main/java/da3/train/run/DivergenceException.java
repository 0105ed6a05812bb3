package da3.train.run;

import java.nio.file.Path;
import java.util.Optional;

/** Thrown when the loss or its gradient was not finite for many steps in a row. */
public final class DivergenceException extends IllegalStateException {

    private static final long serialVersionUID = 1;

    /**
     * @param step last step
     * @param steps number of steps in a row without a finite loss and gradient
     * @param checkpoint newest checkpoint
     */
    DivergenceException(long step, int steps, Optional<Path> checkpoint) {
        super("the loss or its gradient was not finite in " + steps + " steps in a row, up to step " + step
                + ". Lower learning rates or a longer warm-up may help; "
                + checkpoint.map(path -> "the newest checkpoint is " + path).orElse("there is no checkpoint yet"));
    }
}
