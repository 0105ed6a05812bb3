package da3.server.tasks;

import da3.geometry.check.Check;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The folder of a service, identified by a marker file. The service only removes folders and files whose names have its
 * own patterns, and never follows links.
 */
final class Workspace implements AutoCloseable {

    /** File that marks a folder as a workspace. */
    static final String MARKER = "da3-workspace";

    private static final String MARKER_TEXT = "This folder belongs to da3 backend, which removes old files in it.\n";
    private static final String UUID = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}";
    private static final String UPLOAD = "upload-";
    private static final Pattern UPLOAD_NAME = Pattern.compile(UPLOAD + "[0-9]+");
    private static final Pattern TASK_NAME = Pattern.compile(UUID);
    private static final Pattern REMOVED_NAME = Pattern.compile(Pattern.quote(Folders.REMOVED) + UUID);
    private static final Pattern PARTIAL_NAME =
            Pattern.compile("\\.(?:owner|task\\.json|scene\\.json)\\." + UUID + "\\.part");

    private final Path tasks;
    private final Path uploads;
    private final WorkspaceLock lock;

    private Workspace(Path root, WorkspaceLock lock) throws IOException {
        this.tasks = folder(root, "tasks");
        this.uploads = folder(root, "uploads");
        this.lock = lock;
    }

    /**
     * Opens a workspace, and creates it if the folder is empty or missing.
     *
     * @throws IllegalArgumentException if the folder contains files but no marker
     * @throws IllegalStateException if another service uses the workspace
     */
    static Workspace open(Path folder) throws IOException {
        Path root = Files.createDirectories(folder).toRealPath();
        mark(root);
        WorkspaceLock lock = WorkspaceLock.acquire(root);
        boolean opened = false;
        try {
            Workspace workspace = new Workspace(root, lock);
            Folders.deleteMatching(root, Workspace::isPartial);
            opened = true;
            return workspace;
        } finally {
            if (!opened) {
                lock.close();
            }
        }
    }

    Path tasks() {
        return tasks;
    }

    Path uploads() {
        return uploads;
    }

    /** Creates an empty folder that only this user can read. */
    Path newUpload() throws IOException {
        return Files.createTempDirectory(uploads, UPLOAD);
    }

    static boolean isUpload(Path path) {
        return isFolder(path, UPLOAD_NAME);
    }

    static boolean isTask(Path path) {
        return isFolder(path, TASK_NAME);
    }

    /** Returns whether a path is a partly removed task folder. */
    static boolean isRemoved(Path path) {
        return isFolder(path, REMOVED_NAME);
    }

    /** Returns whether a path is a partly written file. */
    static boolean isPartial(Path path) {
        return PARTIAL_NAME.matcher(name(path)).matches() && isFile(path);
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }

    private static void mark(Path root) throws IOException {
        Path marker = root.resolve(MARKER);
        if (isFile(marker)) {
            return;
        }
        try (Stream<Path> inside = Files.list(root)) {
            boolean empty = inside.findAny().isEmpty();
            if (!empty && !isFile(marker)) { // another service may have created the marker meanwhile
                throw new IllegalArgumentException("workspace must be empty or contain the file " + MARKER + ", got "
                        + root + ", which contains other files");
            }
        }
        try {
            Files.writeString(marker, MARKER_TEXT, StandardCharsets.US_ASCII, StandardOpenOption.CREATE_NEW);
        } catch (FileAlreadyExistsException e) {
            if (!isFile(marker)) {
                throw e;
            }
        }
        Folders.force(root);
    }

    /** Creates a subfolder if it is missing; rejects links, which could lead out of the workspace. */
    private static Path folder(Path root, String name) throws IOException {
        Path folder = root.resolve(name);
        if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            return Files.createDirectory(folder);
        }
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            throw Check.invalid(name + " of the workspace", "a folder and not a link", folder);
        }
        return folder;
    }

    private static boolean isFile(Path path) {
        return Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS);
    }

    private static boolean isFolder(Path path, Pattern name) {
        return name.matcher(name(path)).matches() && Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
    }

    private static String name(Path path) {
        return path.getFileName().toString();
    }
}
