package da3.cli;

import da3.nn.Progress;
import java.io.PrintWriter;

/** One line that is written over, on a terminal; silence when piped. */
final class TerminalProgress implements Progress, AutoCloseable {

    private static final int WIDTH = 30;

    private final PrintWriter err;
    private final boolean terminal = System.console() != null;
    private boolean written;

    TerminalProgress(PrintWriter err) {
        this.err = err;
    }

    @Override
    public void step(String stage, int done, int total) {
        if (!terminal) {
            return;
        }
        int filled = WIDTH * done / total;
        err.printf("\r%-10s [%s%s] %d/%d ", stage, "#".repeat(filled), "-".repeat(WIDTH - filled), done, total);
        err.flush();
        written = true;
    }

    /** Wipes the line; a second call does nothing. */
    @Override
    public void close() {
        if (written) {
            err.print("\r" + " ".repeat(WIDTH + 30) + "\r");
            err.flush();
            written = false;
        }
    }
}
