package da3.cli;

import da3.nn.Progress;
import java.io.PrintWriter;

/** A progress bar on a terminal. Prints nothing if standard error is not a terminal. */
final class TerminalProgress implements Progress, AutoCloseable {

    private static final int WIDTH = 30;

    /** System property that states whether standard error is a terminal, which Java cannot detect. */
    private static final String TERMINAL = "da3.terminal";

    private final PrintWriter err;
    private final boolean terminal =
            Boolean.parseBoolean(System.getProperty(TERMINAL, String.valueOf(System.console() != null)));
    private boolean visible;

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
        visible = true;
    }

    /** Shows the progress of a download in units of 2^20 bytes. */
    void bytes(String file, long done, long total) {
        int mebibytes = Math.toIntExact(total + (1 << 20) - 1 >> 20);
        step(file, (int) (done + (1 << 20) - 1 >> 20), Math.max(1, mebibytes));
    }

    /** Clears the progress bar. Further calls have no effect. */
    @Override
    public void close() {
        if (visible) {
            err.print("\r" + " ".repeat(WIDTH + 30) + "\r");
            err.flush();
            visible = false;
        }
    }
}
