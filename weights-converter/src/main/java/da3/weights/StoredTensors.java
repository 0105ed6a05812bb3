package da3.weights;

import da3.nn.WeightsException;
import da3.weights.config.TiedNorms;
import da3.weights.safetensors.SafetensorsFile;
import da3.weights.safetensors.TensorInfo;
import da3.weights.safetensors.UntrustedText;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The tensors of a checkpoint under their current names. Not thread-safe. */
final class StoredTensors implements AutoCloseable {

    /** A tensor and its file. */
    record Stored(SafetensorsFile file, TensorInfo info) {

        void read(FloatBuffer into) throws IOException {
            file.readFloats(info.name(), into);
        }
    }

    private final List<SafetensorsFile> files = new ArrayList<>();
    private final Map<String, String> aliases = new LinkedHashMap<>();
    private final Map<String, Stored> tensors = new LinkedHashMap<>();
    private final Optional<String> modelName;
    private final LegacyKeys keys;

    private StoredTensors(CheckpointFiles checkpoint) throws IOException {
        Map<String, Stored> stored = new LinkedHashMap<>();
        Map<String, String> texts = new LinkedHashMap<>();
        try {
            for (Path path : checkpoint.tensors()) {
                SafetensorsFile file = SafetensorsFile.open(path);
                files.add(file);
                texts.putAll(file.metadata());
                for (TensorInfo info : file.tensors().values()) {
                    Stored other = stored.put(info.name(), new Stored(file, info));
                    if (other != null) {
                        throw new WeightsException(UntrustedText.shown(info.name()) + " is in "
                                + other.file().path() + " and again in " + path);
                    }
                }
            }
            checkpoint.index().ifPresent(index -> {
                requireAgreement(stored, index);
                texts.putAll(index.metadata());
            });
            modelName = Optional.ofNullable(texts.get(ConfigFile.MODEL_NAME));
            keys = LegacyKeys.of(stored.keySet());
            stored.forEach((name, tensor) -> keys.currentName(name).ifPresent(currentName -> put(currentName, tensor)));
            texts.forEach((alias, name) -> keys.currentName(alias).ifPresent(currentName -> keys.currentName(name)
                    .ifPresent(target -> aliases.put(currentName, target))));
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    static StoredTensors open(CheckpointFiles checkpoint) throws IOException {
        return new StoredTensors(checkpoint);
    }

    LegacyKeys.Layout layout() {
        return keys.layout();
    }

    /** Returns the untrusted model name of the metadata. */
    Optional<String> modelName() {
        return modelName;
    }

    /** Returns the descriptions of all tensors. */
    Stream<TensorInfo> stored() {
        return files.stream().flatMap(file -> file.tensors().values().stream());
    }

    /** Returns descriptions by current name; they contain the names in the files. */
    Map<String, TensorInfo> infos() {
        Map<String, TensorInfo> infos = new LinkedHashMap<>();
        tensors.forEach((name, stored) -> infos.put(name, stored.info()));
        return infos;
    }

    /** Returns the tensor of a current name, which may be an alias of the metadata or a shared norm. */
    Optional<Stored> find(String name) {
        Stored tensor = tensors.get(name);
        if (tensor == null && aliases.containsKey(name)) {
            tensor = tensors.get(aliases.get(name));
        }
        if (tensor == null) {
            tensor = TiedNorms.storedName(name).map(tensors::get).orElse(null);
        }
        return Optional.ofNullable(tensor);
    }

    @Override
    public void close() throws IOException {
        for (SafetensorsFile file : files) {
            file.close();
        }
    }

    private void put(String name, Stored tensor) {
        Stored other = tensors.put(name, tensor);
        if (other != null) {
            throw new WeightsException(tensor.file().path() + ": "
                    + UntrustedText.shown(other.info().name()) + " and "
                    + UntrustedText.shown(tensor.info().name())
                    + " both map to " + UntrustedText.shown(name));
        }
    }

    private static void requireAgreement(Map<String, Stored> stored, ShardIndex index) {
        index.fileOf().forEach((name, file) -> {
            Stored tensor = stored.get(name);
            String found = tensor == null ? "in no file" : "in " + fileName(tensor);
            if (tensor == null || !fileName(tensor).equals(file)) {
                throw new WeightsException(index.path() + " says that " + UntrustedText.shown(name) + " is in " + file
                        + ", but it is " + found);
            }
        });
        stored.forEach((name, tensor) -> {
            if (!index.fileOf().containsKey(name)) {
                throw new WeightsException(index.path() + " does not name " + UntrustedText.shown(name)
                        + ", which is in " + fileName(tensor));
            }
        });
    }

    private static String fileName(Stored tensor) {
        return tensor.file().path().getFileName().toString();
    }
}
