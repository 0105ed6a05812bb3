/**
 * The networks of Depth Anything 3, independent of the engine that executes them.
 *
 * <p>Networks call only {@link da3.nn.Engine}, with {@link da3.nn.Tensor} as an opaque handle. Read
 * {@link da3.nn.VisionTransformer} and {@link da3.nn.DualDptHead} first: they assemble the layers. Java names follow
 * the keys of checkpoints.
 *
 * <p>Layouts: tokens are (views, tokens, channels); feature maps are (views, rows, columns, channels).
 */
package da3.nn;
