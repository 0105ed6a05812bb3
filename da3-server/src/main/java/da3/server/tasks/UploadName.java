package da3.server.tasks;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** Names for files that come with a name from anywhere. */
public final class UploadName {

    /** In bytes file systems allow 255, and a character takes up to 4. */
    private static final int LONGEST = 60;

    private UploadName() {}

    /**
     * A path directly in a folder for a file that its sender calls so: folders are cut off, all but letters, digits and
     * {@code . - _} and spaces becomes {@code _}, and so do leading dots. Where that name is taken, a number comes before
     * it. Where this system's names cannot have a letter, as in a locale of ASCII, it becomes {@code _} as well.
     */
    public static Path in(Path folder, String claimed) {
        String name = possible(folder, plain(claimed));
        Path file = folder.resolve(name);
        for (int i = 2; Files.exists(file, LinkOption.NOFOLLOW_LINKS); i++) {
            file = folder.resolve(i + "_" + name);
        }
        return file;
    }

    private static String possible(Path folder, String name) {
        try {
            folder.resolve(name);
            return name;
        } catch (InvalidPathException e) {
            return name.replaceAll("[^\\x00-\\x7f]", "_");
        }
    }

    private static String plain(String claimed) {
        String last = claimed.substring(Math.max(claimed.lastIndexOf('/'), claimed.lastIndexOf('\\')) + 1);
        StringBuilder plain = new StringBuilder();
        last.codePoints()
                .map(c -> Character.isLetterOrDigit(c) || c == '.' || c == '-' || c == ' ' ? c : '_')
                .forEach(plain::appendCodePoint);
        String name = plain.toString().strip();
        int length = name.codePointCount(0, name.length());
        if (length > LONGEST) { // the end tells the format
            name = name.substring(name.offsetByCodePoints(0, length - LONGEST));
        }
        name = name.startsWith(".") ? "_" + name.substring(1) : name;
        return name.isEmpty() ? "file" : name;
    }
}
