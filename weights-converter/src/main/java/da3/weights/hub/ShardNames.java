package da3.weights.hub;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import da3.nn.WeightsException;
import da3.weights.config.LimitedJson;
import da3.weights.config.WeightsFileName;
import da3.weights.safetensors.UntrustedText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.SortedSet;
import java.util.TreeSet;

/** Which files the tensors of a checkpoint in several files are in. */
final class ShardNames {

    /** Far beyond any model here; a larger one is not read into memory. */
    static final long MOST_BYTES = 16L << 20;

    private static final int MOST_SHARDS = 1000;

    private ShardNames() {}

    /**
     * @param file model.safetensors.index.json
     * @throws HubException if it cannot be read, is not an index, or names a file that is no plain weights file
     */
    static SortedSet<String> shards(Path file) throws HubException {
        JsonNode places;
        try {
            places = LimitedJson.read(file, MOST_BYTES).path("weight_map");
        } catch (JsonProcessingException e) {
            throw new HubException(file + " is not JSON: " + UntrustedText.shown(e.getOriginalMessage()), e);
        } catch (WeightsException e) {
            throw new HubException(e.getMessage(), e);
        } catch (IOException e) {
            throw HubException.unreadable(file, e);
        }
        SortedSet<String> shards = new TreeSet<>();
        for (JsonNode place : places) {
            if (!place.isTextual() || !WeightsFileName.isLegal(place.textValue())) {
                throw new HubException(file + " names the file " + UntrustedText.shown(place.toString()) + "; legal: "
                        + WeightsFileName.LEGAL);
            }
            shards.add(place.textValue());
        }
        if (shards.isEmpty() || shards.size() > MOST_SHARDS) {
            throw new HubException(
                    file + " names " + shards.size() + " files in weight_map; legal: 1 to " + MOST_SHARDS);
        }
        return shards;
    }
}
