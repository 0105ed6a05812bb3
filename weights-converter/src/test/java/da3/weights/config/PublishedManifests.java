package da3.weights.config;

import da3.nn.Preset;
import da3.weights.safetensors.DType;
import da3.weights.safetensors.TensorInfo;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/** Names and shapes of the official checkpoints, one per line: {@code model.head.norm.bias 768}. */
public final class PublishedManifests {

    private PublishedManifests() {}

    public static Map<String, long[]> shapes(Preset preset) throws IOException {
        Map<String, long[]> shapes = new LinkedHashMap<>();
        String resource = "/da3/weights/manifests/" + preset.id() + ".txt.gz";
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                new GZIPInputStream(PublishedManifests.class.getResourceAsStream(resource)), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] parts = line.split(" ");
                shapes.put(
                        parts[0],
                        Arrays.stream(parts[1].split("x"))
                                .mapToLong(Long::parseLong)
                                .toArray());
            }
        }
        return shapes;
    }

    /** Returns the tensors as in a file, without values. */
    public static Map<String, TensorInfo> tensors(Preset preset) throws IOException {
        Map<String, TensorInfo> tensors = new LinkedHashMap<>();
        shapes(preset).forEach((name, shape) -> tensors.put(name, new TensorInfo(name, DType.F32, shape, 0, 0)));
        return tensors;
    }
}
