package da3.weights.hub;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import da3.geometry.check.Check;
import da3.nn.WeightsException;
import da3.weights.config.LimitedJson;
import da3.weights.config.WeightsFileName;
import da3.weights.safetensors.UntrustedText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.SortedSet;
import java.util.TreeSet;

/** Reads the file names in the index of a sharded checkpoint. */
final class ShardNames {

    /** Far beyond the index of any published model. */
    static final long MAX_BYTES = 16L << 20;

    private static final int MAX_SHARDS = 1000;

    private ShardNames() {}

    /**
     * @param file model.safetensors.index.json
     * @throws HubException if the index cannot be read, is not valid, or has invalid file names
     */
    static SortedSet<String> shards(Path file) throws HubException {
        JsonNode fileNames;
        try {
            fileNames = LimitedJson.read(file, MAX_BYTES).path("weight_map");
        } catch (JsonProcessingException e) {
            throw new HubException(file + " is not JSON: " + UntrustedText.shown(e.getOriginalMessage()), e);
        } catch (WeightsException e) {
            throw new HubException(e.getMessage(), e);
        } catch (IOException e) {
            throw HubException.unreadable(file, e);
        }
        SortedSet<String> shards = new TreeSet<>();
        for (JsonNode fileName : fileNames) {
            if (!fileName.isTextual() || !WeightsFileName.isValid(fileName.textValue())) {
                throw new HubException(Check.message(
                        "file in " + file, WeightsFileName.REQUIREMENT, UntrustedText.shown(fileName.toString())));
            }
            shards.add(fileName.textValue());
        }
        if (shards.isEmpty() || shards.size() > MAX_SHARDS) {
            throw new HubException(Check.message(
                    "number of files in weight_map of " + file, "from 1 to " + MAX_SHARDS, shards.size()));
        }
        return shards;
    }
}
