package da3.core;

import da3.nn.NetworkConfig;
import da3.nn.NetworkMemory;
import da3.nn.NetworkRequest;
import da3.nn.shape.OperationMemory;
import java.util.LinkedHashMap;
import java.util.Map;

/** The memory of networks on one engine, with a cache of the most recent estimates. Thread-safe. */
final class NetworkMemories {

    private static final int MAX_KEPT = 256;

    private record Key(
            NetworkConfig config, NetworkRequest request, int views, InputProcessing.Size size, boolean cameras) {}

    private final OperationMemory operations;
    private final Map<Key, NetworkMemory> estimates = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, NetworkMemory> eldest) {
            return size() > MAX_KEPT;
        }
    };

    NetworkMemories(OperationMemory operations) {
        this.operations = operations;
    }

    /** Returns the bytes that the native libraries of the engine keep. */
    long libraries() {
        return operations.libraries();
    }

    /**
     * Returns the memory of a network.
     *
     * @param size size of the processed images
     * @param hasCameras whether cameras are given
     */
    synchronized NetworkMemory of(
            NetworkConfig config, NetworkRequest request, int views, InputProcessing.Size size, boolean hasCameras) {
        return estimates.computeIfAbsent(
                new Key(config, request, views, size, hasCameras),
                key -> NetworkMemory.of(config, request, views, size.height(), size.width(), hasCameras, operations));
    }
}
