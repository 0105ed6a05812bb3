/**
 * An engine without values, like the meta device of PyTorch.
 *
 * <p>A network that runs on {@link da3.nn.shape.ShapeEngine} yields the shapes of all tensors, the parameters that it
 * uses, and its peak memory, in milliseconds. {@link da3.nn.shape.OperationMemory} describes the engine whose memory is
 * estimated.
 */
package da3.nn.shape;
