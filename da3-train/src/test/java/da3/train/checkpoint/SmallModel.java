package da3.train.checkpoint;

import da3.train.config.SmallConfig;
import da3.train.lora.BaseModel;
import da3.train.model.MasterWeights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A small any-view model in the published layout, which runs can start from. */
public final class SmallModel {

    private SmallModel() {}

    /**
     * Writes the network of {@link SmallConfig} with random weights.
     *
     * @param folder folder, created if it is absent
     * @param seed seed of the weights
     * @param license license that the model names
     */
    public static void write(Path folder, long seed, String license) throws IOException {
        MasterWeights weights = MasterWeights.of(SmallConfig.of().model(), seed);
        ModelFiles.write(
                Files.createDirectories(folder),
                weights.config(),
                weights.shapes(),
                weights::values,
                Optional.of(new BaseModel("origin", Optional.of(license))));
    }
}
