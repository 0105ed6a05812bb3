package da3.server.tasks;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** Safe file names for uploads with untrusted names. */
public final class UploadName {

    /** In characters of up to 4 bytes; file systems allow names of 255 bytes. */
    private static final int MAX_LENGTH = 60;

    private UploadName() {}

    /**
     * Returns an unused path directly inside a folder. Parent directories in the name are dropped; characters other than
     * letters, digits, spaces and {@code . - _}, a leading dot, and characters that the file system cannot encode are
     * replaced by {@code _}. If the name is used already, a number is put in front of it.
     *
     * @param clientName name from the client
     */
    public static Path resolve(Path folder, String clientName) {
        String name = encodable(folder, sanitize(clientName));
        Path file = folder.resolve(name);
        for (int i = 2; Files.exists(file, LinkOption.NOFOLLOW_LINKS); i++) {
            file = folder.resolve(i + "_" + name);
        }
        return file;
    }

    private static String encodable(Path folder, String name) {
        try {
            folder.resolve(name);
            return name;
        } catch (InvalidPathException e) {
            return name.replaceAll("[^\\x00-\\x7f]", "_");
        }
    }

    private static String sanitize(String clientName) {
        String last = clientName.substring(Math.max(clientName.lastIndexOf('/'), clientName.lastIndexOf('\\')) + 1);
        StringBuilder sanitized = new StringBuilder();
        last.codePoints()
                .map(c -> Character.isLetterOrDigit(c) || c == '.' || c == '-' || c == ' ' ? c : '_')
                .forEach(sanitized::appendCodePoint);
        String name = sanitized.toString().strip();
        int length = name.codePointCount(0, name.length());
        if (length > MAX_LENGTH) { // keep the file extension at the end
            name = name.substring(name.offsetByCodePoints(0, length - MAX_LENGTH));
        }
        name = name.startsWith(".") ? "_" + name.substring(1) : name;
        return name.isEmpty() ? "file" : name;
    }
}
