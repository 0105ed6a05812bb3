/**
 * Reverse-mode automatic differentiation: an engine that records the operations of another engine, and one rule per
 * operation.
 *
 * <p>Layers and networks can be trained unchanged, since the recording engine implements {@link da3.nn.Engine}.
 */
package da3.nn.autograd;
