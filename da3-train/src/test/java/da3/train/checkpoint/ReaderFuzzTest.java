package da3.train.checkpoint;

import da3.io.FuzzedReader;
import da3.synthetic.shard.ShardReader;
import da3.synthetic.shard.ShardScene;
import da3.synthetic.shard.ShardWriter;
import da3.train.config.SmallConfig;
import da3.train.config.TrainConfigFile;
import da3.train.config.ValidationMetric;
import da3.train.optimizer.OptimizerState;
import da3.train.yaml.ConfigException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Damaged files of a training run are read or rejected with a message. */
class ReaderFuzzTest {

    private static final int SHARD_HEADER_BYTES = 32;
    private static final int SCENES = 2;

    @TempDir
    private static Path folder;

    @ParameterizedTest
    @MethodSource({"shards", "states", "configurations"})
    void damagedFilesAreReadOrRejected(FuzzedReader reader) throws Exception {
        reader.fuzz();
    }

    static Stream<FuzzedReader> shards() throws IOException {
        byte[] sample = shard();
        return Stream.of(
                shard("shard", sample, bytes -> bytes),
                shard("resealed shard", sample, bytes -> resealed(bytes, sample.length)));
    }

    private static FuzzedReader shard(String name, byte[] sample, UnaryOperator<byte[]> seal) {
        Path file = folder.resolve("damaged.shard");
        return new FuzzedReader(name, sample, List.of(IOException.class), bytes -> {
            Files.write(file, seal.apply(bytes));
            try (ShardReader reader = new ShardReader(file)) {
                for (int scene = 0; scene < reader.scenes(); scene++) {
                    reader.read(scene);
                }
            }
        });
    }

    private static byte[] shard() throws IOException {
        Path file = folder.resolve("sound.shard");
        try (ShardWriter writer = new ShardWriter(file, SCENES, 1, 2, 3)) {
            for (int scene = 0; scene < SCENES; scene++) {
                writer.write(
                        scene,
                        new ShardScene(
                                scene,
                                "ROOM",
                                1,
                                2,
                                3,
                                new byte[18],
                                new float[6],
                                new float[12],
                                new float[9],
                                Optional.of(new boolean[6])));
            }
            writer.finish();
        }
        return Files.readAllBytes(file);
    }

    /**
     * Returns a copy with the length of the valid file and correct checksums, so that the damage is not detected by
     * them.
     */
    private static byte[] resealed(byte[] damaged, int length) {
        byte[] bytes = Arrays.copyOf(damaged, length);
        int sceneBytes = (length - SHARD_HEADER_BYTES) / SCENES;
        reseal(bytes, 0, SHARD_HEADER_BYTES);
        for (int scene = 0; scene < SCENES; scene++) {
            reseal(bytes, SHARD_HEADER_BYTES + scene * sceneBytes, sceneBytes);
        }
        return bytes;
    }

    private static void reseal(byte[] bytes, int from, int count) {
        CRC32 checksum = new CRC32();
        checksum.update(bytes, from, count - Integer.BYTES);
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(from + count - Integer.BYTES, (int)
                checksum.getValue());
    }

    static Stream<FuzzedReader> states() throws IOException {
        Path state = folder.resolve("state");
        OptimizerState moments =
                new OptimizerState(Map.of("norm.weight:m", new float[] {1, 2}), Map.of("norm.weight", 7L));
        new TrainingState(
                        7,
                        1,
                        new BestValidation(ValidationMetric.ABS_REL, 0.5, 2),
                        "0123abcd",
                        Map.of(),
                        moments,
                        moments)
                .write(state);
        return Stream.of("state.json", "state.safetensors").map(name -> state(state, name));
    }

    /** The other file is not changed. */
    private static FuzzedReader state(Path state, String name) {
        Path file = state.resolve(name);
        try {
            byte[] sample = Files.readAllBytes(file);
            return new FuzzedReader(name, sample, List.of(IOException.class), bytes -> {
                Files.write(file, bytes);
                try {
                    TrainingState.read(state);
                } finally {
                    Files.write(file, sample);
                }
            });
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    static Stream<FuzzedReader> configurations() {
        Path file = folder.resolve("run.yaml");
        return Stream.of(new FuzzedReader(
                "configuration",
                SmallConfig.YAML.getBytes(StandardCharsets.UTF_8),
                List.of(IOException.class, ConfigException.class),
                bytes -> TrainConfigFile.read(Files.write(file, bytes), List.of())));
    }
}
