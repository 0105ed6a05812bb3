package da3.nn;

/**
 * The camera head: decodes pose encodings from the camera tokens of the last level.
 *
 * <p>Source: paper (arXiv 2511.10647), section 3.2; reference file model/cam_dec.py.
 */
final class CameraDecoder {

    private final Engine engine;
    private final Linear backbone0;
    private final Linear backbone2;
    private final Linear fcT; // translation, camera-to-world
    private final Linear fcQvec; // quaternion x, y, z, w, camera-to-world
    private final Linear fcFov; // vertical, horizontal, radians

    CameraDecoder(ParameterPath path, int dim) {
        this.engine = path.engine();
        this.backbone0 = new Linear(path.child("backbone.0"), dim, dim);
        this.backbone2 = new Linear(path.child("backbone.2"), dim, dim);
        this.fcT = new Linear(path.child("fc_t"), dim, 3);
        this.fcQvec = new Linear(path.child("fc_qvec"), dim, 4);
        this.fcFov = new Linear(path.child("fc_fov.0"), dim, 2);
    }

    /** Camera tokens (views, dim) -> pose encodings (views, 9). */
    Tensor forward(Tensor camera) {
        try (Scope scope = engine.scope()) {
            Tensor x = backbone2.forward(backbone0.forward(camera, Activation.RELU), Activation.RELU);
            Tensor motion = engine.concatChannels(fcT.forward(x), fcQvec.forward(x));
            return scope.keep(engine.concatChannels(motion, fcFov.forward(x, Activation.RELU)));
        }
    }
}
