package da3.cli;

import java.awt.Desktop;
import java.awt.GraphicsEnvironment;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;

/** The user's browser. */
final class BrowserWindow {

    private BrowserWindow() {}

    /** Opens a page, or says where it is to be found. */
    static void show(URI page, PrintWriter err) throws IOException {
        if (GraphicsEnvironment.isHeadless()
                || !Desktop.isDesktopSupported()
                || !Desktop.getDesktop().isSupported(Desktop.Action.BROWSE)) {
            err.println("da3: no browser can be opened from here; the page is " + page);
            err.flush();
            return;
        }
        Desktop.getDesktop().browse(page);
    }
}
