package da3.cli;

import java.awt.Desktop;
import java.awt.GraphicsEnvironment;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;

/** Access to the user's web browser. */
final class BrowserWindow {

    private BrowserWindow() {}

    /** Opens a page, or prints its address if no browser can be opened. */
    static void show(URI page, PrintWriter err) throws IOException {
        if (GraphicsEnvironment.isHeadless()
                || !Desktop.isDesktopSupported()
                || !Desktop.getDesktop().isSupported(Desktop.Action.BROWSE)) {
            err.println("da3: cannot open a browser; the page is " + page);
            err.flush();
            return;
        }
        Desktop.getDesktop().browse(page);
    }
}
