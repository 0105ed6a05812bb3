package da3.server.tasks;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Atomic, durable operations on files and folders. Symbolic links are removed, never followed. */
final class Folders {

    /** Prefix of the names of folders that are being removed. */
    static final String REMOVED = ".removed-";

    private Folders() {}

    /** Replaces a file atomically: after a power failure it has either the old or the new content. */
    static void write(Path file, byte[] bytes) throws IOException {
        Path partial = file.resolveSibling("." + file.getFileName() + "." + UUID.randomUUID() + ".part");
        try {
            try (FileChannel channel =
                            FileChannel.open(partial, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
                    OutputStream out = Channels.newOutputStream(channel)) {
                out.write(bytes);
                channel.force(true);
            }
            Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            force(file.getParent());
        } finally {
            Files.deleteIfExists(partial);
        }
    }

    /** Flushes a folder with all files and folders in it to the storage device. */
    static void forceAll(Path folder) throws IOException {
        List<Path> all;
        try (Stream<Path> paths = Files.walk(folder)) {
            all = paths.toList();
        }
        for (Path path : all) {
            force(path);
        }
    }

    /** Flushes a file or folder to the storage device. */
    static void force(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /** Renames a folder, so that no one sees a partial folder, and then deletes it. A missing folder is not an error. */
    static void remove(Path folder) throws IOException {
        Path removed = folder.resolveSibling(REMOVED + UUID.randomUUID());
        try {
            Files.move(folder, removed, StandardCopyOption.ATOMIC_MOVE);
        } catch (NoSuchFileException missing) {
            return;
        }
        delete(removed);
    }

    /** Deletes a file, link or folder with its content. A missing one is not an error. */
    static void delete(Path folder) throws IOException {
        if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
                return ignoreMissing(e);
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, IOException e) throws IOException {
                Files.deleteIfExists(directory);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /** Deletes the entries of a folder that match, with their content. */
    static void deleteMatching(Path folder, Predicate<Path> matches) throws IOException {
        List<Path> entries;
        try (Stream<Path> listed = Files.list(folder)) {
            entries = listed.filter(matches).toList();
        }
        for (Path entry : entries) {
            delete(entry);
        }
    }

    /** Returns all regular files in a folder and its subfolders, sorted. Files that are deleted meanwhile may be missing. */
    static List<Path> files(Path folder) throws IOException {
        List<Path> files = new ArrayList<>(sizes(folder).keySet());
        Collections.sort(files);
        return files;
    }

    /** Returns the total size of all files in a folder and its subfolders, in bytes. */
    static long bytes(Path folder) throws IOException {
        return sizes(folder).values().stream().mapToLong(Long::longValue).sum();
    }

    private static Map<Path, Long> sizes(Path folder) throws IOException {
        Map<Path, Long> sizes = new HashMap<>();
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (attributes.isRegularFile()) {
                    sizes.put(file, attributes.size());
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
                return ignoreMissing(e);
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, IOException e) throws IOException {
                return e == null ? FileVisitResult.CONTINUE : ignoreMissing(e);
            }
        });
        return sizes;
    }

    /** Ignores files that are deleted concurrently. */
    private static FileVisitResult ignoreMissing(IOException e) throws IOException {
        if (e instanceof NoSuchFileException) {
            return FileVisitResult.CONTINUE;
        }
        throw e;
    }
}
