package da3.nn;

import java.util.ArrayList;
import java.util.List;

/**
 * A small transformer over the views that encodes given cameras as camera tokens.
 *
 * <p>Source: paper (arXiv 2511.10647), section 3.1; reference file model/cam_enc.py.
 */
final class CameraEncoder {

    private static final int POSE_ENCODING = 9;

    private final Engine engine;
    private final Mlp poseBranch;
    private final LayerNorm tokenNorm;
    private final List<Block> trunk = new ArrayList<>();
    private final LayerNorm trunkNorm;

    CameraEncoder(ParameterPath path, CameraEncoderConfig config) {
        int dim = config.dimOut();
        this.engine = path.engine();
        this.poseBranch = new Mlp(path.child("pose_branch"), POSE_ENCODING, dim / 2, dim);
        this.tokenNorm = new LayerNorm(path.child("token_norm"), dim, config.normEpsilon());
        for (int i = 0; i < config.trunkDepth(); i++) {
            trunk.add(Block.ofTrunk(path.child("trunk").child(i), config));
        }
        this.trunkNorm = new LayerNorm(path.child("trunk_norm"), dim, config.normEpsilon());
    }

    /**
     * Pose encodings (scenes x views, 9) -> tokens (scenes x views, dim); the views of a scene attend to each other.
     */
    Tensor forward(Tensor poseEncodings, int scenes) {
        int views = poseEncodings.size(0);
        try (Scope scope = engine.scope()) {
            Tensor x = tokenNorm.forward(poseBranch.forward(poseEncodings));
            x = engine.reshape(x, scenes, views / scenes, x.size(1));
            for (Block block : trunk) {
                x = block.forward(x, null);
            }
            x = trunkNorm.forward(x);
            return scope.keep(engine.reshape(x, views, x.size(2)));
        }
    }
}
