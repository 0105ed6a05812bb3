/**
 * The networks of Depth Anything 3, written once over one seam.
 *
 * <p>Everything between "network" and "machine" passes {@link da3.nn.Engine}, with {@link da3.nn.Tensor} as its opaque
 * handle. Read {@link da3.nn.VisionTransformer} and {@link da3.nn.DualDptHead} first: they assemble, the layers beside
 * them compute. Java names follow the checkpoint's keys, so loading is path + name.
 *
 * <p>Layouts: tokens are (views, tokens, channels); feature maps are (views, rows, columns, channels).
 */
package da3.nn;
