package da3.spark;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Scenes in a file system of Hadoop that renames folders atomically, as HDFS does. A scene is written to a temporary local
 * folder, copied under a hidden name and renamed.
 */
final class HadoopSceneStore implements SceneStore {

    private final Path directory;

    HadoopSceneStore(Path directory) {
        this.directory = directory;
    }

    @Override
    public Optional<String> result(String id) throws IOException {
        FileSystem files = HadoopFiles.of(directory);
        Path file = new Path(new Path(directory, id), RESULT);
        if (!files.exists(file)) {
            return Optional.empty();
        }
        try (FSDataInputStream in = files.open(file)) {
            return Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    @Override
    public Draft begin(String id) throws IOException {
        java.nio.file.Path local = Files.createTempDirectory("da3-scene");
        Path target = new Path(directory, id);
        return new Draft() {
            @Override
            public java.nio.file.Path folder() {
                return local;
            }

            @Override
            public String target() {
                return target.toString();
            }

            @Override
            public void commit() throws IOException {
                FileSystem files = HadoopFiles.of(directory);
                Path copy = new Path(directory, "." + id + "." + UUID.randomUUID() + ".part");
                try {
                    files.mkdirs(directory);
                    files.copyFromLocalFile(false, true, new Path(local.toUri()), copy);
                    boolean moved = !files.exists(target) && files.rename(copy, target);
                    // A rename to a folder that another attempt has just finished moves into it.
                    files.delete(new Path(target, copy.getName()), true);
                    if (!moved && result(id).isEmpty()) {
                        throw new IOException(copy + " cannot be renamed to " + target);
                    }
                } finally {
                    files.delete(copy, true);
                }
            }

            @Override
            public void close() throws IOException {
                List<java.nio.file.Path> all;
                try (Stream<java.nio.file.Path> walk = Files.walk(local)) {
                    all = walk.sorted(Comparator.reverseOrder()).toList();
                }
                for (java.nio.file.Path path : all) {
                    Files.delete(path);
                }
            }
        };
    }
}
