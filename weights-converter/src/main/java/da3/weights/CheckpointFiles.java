package da3.weights;

import da3.nn.WeightsException;
import da3.weights.safetensors.PickleFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The files of a checkpoint.
 *
 * @param tensors safetensors files, in the order of their names
 * @param index the index of several files; empty for a single file
 * @param config the config.json in the same folder
 */
record CheckpointFiles(List<Path> tensors, Optional<ShardIndex> index, Optional<Path> config) {

    static final String MODEL = "model.safetensors";
    static final String INDEX = "model.safetensors.index.json";
    static final String CONFIG = "config.json";
    private static final String SUFFIX = ".safetensors";

    /**
     * Finds the files of a checkpoint.
     *
     * @param path a folder, a .safetensors file, or an index of shards
     */
    static CheckpointFiles find(Path path) throws IOException {
        if (!Files.exists(path)) {
            throw new NoSuchFileException(path.toString());
        }
        if (Files.isDirectory(path)) {
            return inFolder(path);
        }
        if (!Files.isRegularFile(path)) {
            throw new WeightsException(path + " is neither a file nor a folder");
        }
        Optional<Path> config = Optional.of(path.resolveSibling(CONFIG)).filter(Files::isRegularFile);
        if (!path.getFileName().toString().endsWith(".json")) {
            return new CheckpointFiles(List.of(path), Optional.empty(), config);
        }
        ShardIndex index = ShardIndex.read(path);
        for (Path shard : index.files()) {
            if (!Files.isRegularFile(shard)) {
                throw new WeightsException(path + " names " + shard.getFileName() + ", which is not in its folder");
            }
        }
        return new CheckpointFiles(index.files(), Optional.of(index), config);
    }

    private static CheckpointFiles inFolder(Path folder) throws IOException {
        for (String name : List.of(MODEL, INDEX)) {
            if (Files.isRegularFile(folder.resolve(name))) {
                return find(folder.resolve(name));
            }
        }
        List<Path> files;
        try (Stream<Path> all = Files.list(folder)) {
            files = all.filter(Files::isRegularFile).sorted().toList();
        }
        List<Path> found = files.stream()
                .filter(file -> file.getFileName().toString().endsWith(SUFFIX))
                .toList();
        if (found.size() == 1) {
            return find(found.get(0));
        }
        Optional<Path> pickle = files.stream()
                .filter(file -> PickleFiles.isPickleName(file.getFileName().toString()))
                .findFirst();
        if (found.isEmpty() && pickle.isPresent()) {
            throw new WeightsException(PickleFiles.errorMessage(pickle.get()));
        }
        throw new WeightsException(folder + " has " + (found.isEmpty() ? "no" : found.size()) + " .safetensors files"
                + (found.isEmpty()
                        ? ""
                        : ": " + found.stream().map(Path::getFileName).limit(5).toList())
                + ", expected " + MODEL + ", or " + INDEX + " with its shards, or a single .safetensors file");
    }
}
