package da3.train.data;

import da3.synthetic.shard.ShardReader;
import da3.synthetic.shard.ShardScene;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The scenes of all shards of some folders, in the order of folders and file names. */
public final class ShardScenes implements SceneSource {

    private static final String SUFFIX = ".shard";

    private final List<Path> files = new ArrayList<>();
    private final List<ShardReader> readers = new ArrayList<>();
    private final List<Integer> starts = new ArrayList<>(); // index of the first scene of each shard
    private int scenes;

    private ShardScenes() {}

    /**
     * Opens all shards.
     *
     * @throws IOException if a folder does not exist or has no shards, a shard cannot be read, or shards have different
     *     sizes or numbers of views
     */
    public static ShardScenes open(List<Path> folders) throws IOException {
        ShardScenes all = new ShardScenes();
        try {
            for (Path folder : folders) {
                List<Path> shards = list(folder);
                if (shards.isEmpty()) {
                    throw new NoSuchFileException(
                            folder.toString(),
                            null,
                            "must contain shards (*" + SUFFIX + ") or archives (*.npz), got none");
                }
                for (Path shard : shards) {
                    all.add(shard);
                }
            }
        } catch (IOException | RuntimeException e) {
            all.close();
            throw e;
        }
        return all;
    }

    /**
     * Returns the shards of a folder in the order of their names.
     *
     * @throws NoSuchFileException if it is no folder
     */
    static List<Path> list(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new NoSuchFileException(
                    folder.toString(), null, "must be a folder of shards (*" + SUFFIX + ") or archives (*.npz)");
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().endsWith(SUFFIX))
                    .sorted()
                    .toList();
        }
    }

    private void add(Path file) throws IOException {
        ShardReader reader = new ShardReader(file);
        readers.add(reader);
        files.add(file);
        starts.add(scenes);
        scenes += reader.scenes();
        ShardReader first = readers.get(0);
        if (!shape(reader).equals(shape(first))) {
            throw new IOException(file + " must have the views and size of " + files.get(0) + ", " + shape(first)
                    + ", got " + shape(reader));
        }
    }

    private static String shape(ShardReader reader) {
        return reader.views() + " views of " + reader.rows() + "x" + reader.columns();
    }

    @Override
    public int scenes() {
        return scenes;
    }

    @Override
    public TrainingScene read(int index) throws IOException {
        int shard = shard(index);
        ShardScene scene = readers.get(shard).read(index - starts.get(shard));
        return new TrainingScene(
                scene.views(),
                scene.rows(),
                scene.columns(),
                scene.rgb(),
                scene.depth(),
                scene.extrinsics(),
                scene.intrinsics(),
                scene.objects());
    }

    @Override
    public int views(int index) {
        return readers.get(shard(index)).views();
    }

    @Override
    public String name(int index) {
        int shard = shard(index);
        return "scene " + (index - starts.get(shard)) + " of " + files.get(shard);
    }

    private int shard(int index) {
        int shard = readers.size() - 1;
        while (starts.get(shard) > index) {
            shard--;
        }
        return shard;
    }

    @Override
    public void close() throws IOException {
        for (ShardReader reader : readers) {
            reader.close();
        }
    }
}
