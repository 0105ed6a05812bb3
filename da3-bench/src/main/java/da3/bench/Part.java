package da3.bench;

import da3.nn.Parameter;

/** Groups of operations of a network. */
enum Part {
    PATCH_EMBEDDING("patch embedding"),
    QKV("queries, keys, values"),
    ATTENTION("attention"),
    PROJECTION("projection"),
    FEED_FORWARD("feed-forward"),
    NORM("layer norms"),
    POINTWISE("1x1 convolutions"),
    CONVOLUTION("3x3 convolutions"),
    TRANSPOSED("transposed convolutions"),
    RESIZE("resizing"),
    CAMERA("camera encoder, decoder"),
    MOVES("sums and moves"),
    TRANSFER("upload, download");

    final String title;

    Part(String title) {
        this.title = title;
    }

    /** Returns the group of a linear operation by the name of its weight in the checkpoint. */
    static Part ofLinear(Parameter weight) {
        String name = weight.name();
        if (name.contains(".cam_enc.") || name.contains(".cam_dec.")) {
            return CAMERA;
        }
        if (name.contains(".patch_embed.")) {
            return PATCH_EMBEDDING;
        }
        if (name.contains(".attn.qkv.")) {
            return QKV;
        }
        if (name.contains(".attn.proj.")) {
            return PROJECTION;
        }
        return name.contains(".mlp.") ? FEED_FORWARD : POINTWISE;
    }
}
