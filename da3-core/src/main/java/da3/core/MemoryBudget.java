package da3.core;

import da3.nn.ModelConfig;
import da3.nn.NetworkRequest;

final class MemoryBudget {
    MemoryBudget(ModelConfig config, long limit) {}

    void require(NetworkRequest request, int views, int height, int width) {}

    void weightsAreHeld() {}
}
