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

/** Files and folders that are whole on the disk or not there. Symbolic links are removed, never followed. */
final class Folders {

    /** How the name of a folder begins that is being removed. */
    static final String REMOVED = ".removed-";

    private Folders() {}

    /** Replaces a file; after a power cut it has the old bytes or the new ones. */
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

    /** Waits until all files and folders below are on the disk. */
    static void forceAll(Path folder) throws IOException {
        List<Path> all;
        try (Stream<Path> paths = Files.walk(folder)) {
            all = paths.toList();
        }
        for (Path path : all) {
            force(path);
        }
    }

    static void force(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /** Out of the way first, so that nobody finds half of it; what is not there is no error. */
    static void remove(Path folder) throws IOException {
        Path away = folder.resolveSibling(REMOVED + UUID.randomUUID());
        try {
            Files.move(folder, away, StandardCopyOption.ATOMIC_MOVE);
        } catch (NoSuchFileException gone) {
            return;
        }
        delete(away);
    }

    /** What is not there is no error. */
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
                return continueIfGone(e);
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, IOException e) throws IOException {
                Files.deleteIfExists(directory);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /** Deletes those entries of a folder that are meant, with all that is below them. */
    static void deleteIn(Path folder, Predicate<Path> meant) throws IOException {
        List<Path> entries;
        try (Stream<Path> listed = Files.list(folder)) {
            entries = listed.filter(meant).toList();
        }
        for (Path entry : entries) {
            delete(entry);
        }
    }

    /** Returns the regular files below, in order; those that are deleted meanwhile may be missing. */
    static List<Path> files(Path folder) throws IOException {
        List<Path> files = new ArrayList<>(sizes(folder).keySet());
        Collections.sort(files);
        return files;
    }

    /** Counts the bytes of all files below. */
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
                return continueIfGone(e);
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, IOException e) throws IOException {
                return e == null ? FileVisitResult.CONTINUE : continueIfGone(e);
            }
        });
        return sizes;
    }

    /** Somebody else may delete at the same time. */
    private static FileVisitResult continueIfGone(IOException e) throws IOException {
        if (e instanceof NoSuchFileException) {
            return FileVisitResult.CONTINUE;
        }
        throw e;
    }
}
